"""Answers of the API, as they come; every field is described in `docs/api/openapi.json`."""

from __future__ import annotations

from typing import Any, TypedDict

TERMINAL = frozenset({"completed", "failed", "rejected", "cancelled", "expired"})
"""States that a job does not leave by itself."""
WAITING = "awaiting_review"


class Accepted(TypedDict):
    job_id: str
    video_id: str
    state: str
    created: bool


class JobError(TypedDict):
    step: str
    code: str
    detail: str
    field: str | None


class Step(TypedDict):
    stage: str
    key: str
    state: str
    attempt: int
    progress: float
    reused: bool
    stats: dict[str, Any]
    error_code: str | None
    error_detail: str | None


class Job(TypedDict):
    id: str
    video_id: str
    state: str
    progress: float
    title: str
    created_at: str
    finished_at: str | None
    cancel_requested: bool
    error: JobError | None


class JobDetail(Job):
    steps: list[Step]


class JobPage(TypedDict):
    jobs: list[Job]
    cursor: str | None


class Event(TypedDict):
    seq: int
    type: str
    at: str
    data: dict[str, Any]


class FileLink(TypedDict):
    name: str
    href: str
    media_type: str
    size_bytes: int
    sha256: str


class Video(TypedDict):
    id: str
    job_id: str
    title: str
    state: str
    files: list[FileLink]
    publication: dict[str, Any] | None
    error: JobError | None


class ApiKey(TypedDict):
    id: str
    role: str
    name: str
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    last_used_at: str | None


class NewKey(TypedDict):
    key: ApiKey
    secret: str
