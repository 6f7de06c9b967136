"""Answers that are no document of the domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from libs.common.jobs.base import DOCUMENTED, Job, JobError, JobState, Step
from libs.common.media.edit import Remark
from libs.common.media.rendition import Label
from services.gateway.edits.price import Price


@dataclass(frozen=True, slots=True, kw_only=True)
class JobAccepted:
    """The job is recorded and will be worked on, whatever happens to this process."""

    __pydantic_config__: ClassVar = DOCUMENTED

    job_id: str
    video_id: str
    state: JobState
    created: bool
    """False where this Idempotency-Key was seen before and this is the job of that time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDetail(Job):
    """A job with its steps."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage:
    __pydantic_config__: ClassVar = DOCUMENTED

    jobs: tuple[Job, ...]
    """Newest first."""
    cursor: str | None
    """Give it back as `cursor` for the next page; null on the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefAccepted:
    """The brief could be sent as it is."""

    __pydantic_config__: ClassVar = DOCUMENTED

    valid: bool
    width_px: int
    """Of the composition."""
    height_px: int
    presets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderAccepted(JobAccepted):
    """The edit is recorded and will be rendered."""

    remarks: tuple[Remark, ...] = ()
    """Warnings and notes, as `POST /v1/renders:validate` gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderPlan:
    """The edit could be sent as it is."""

    __pydantic_config__: ClassVar = DOCUMENTED

    valid: bool
    width_px: int
    """Of the composition."""
    height_px: int
    length_s: float
    renditions: tuple[str, ...]
    cost: Price
    remarks: tuple[Remark, ...]
    """Warnings and notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """One file of a finished video."""

    __pydantic_config__: ClassVar = DOCUMENTED

    name: str
    href: str
    media_type: str
    size_bytes: int
    sha256: str
    """Also the entity tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionSummary:
    __pydantic_config__: ClassVar = DOCUMENTED

    preset: str
    width_px: int
    height_px: int
    bitrate_bps: int
    """Mean of the whole file."""
    compression_ratio: float
    """Raw 4:2:0 picture bytes over file bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationSummary:
    __pydantic_config__: ClassVar = DOCUMENTED

    title: str
    length_s: float
    renditions: tuple[RenditionSummary, ...]
    labels: tuple[Label, ...]
    """Marks that say the video is AI-made, and whether each could be written."""
    generator: str
    """Who wrote the script."""
    degraded: tuple[str, ...]
    """Every fall-back that was taken, in words."""
    sync_error_ms: float
    """Largest distance of picture, sound and captions from the plan, read back from the finished file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    __pydantic_config__: ClassVar = DOCUMENTED

    id: str
    job_id: str
    title: str
    state: JobState
    """Of its job."""
    progress: float
    """0 to 1."""
    created_at: datetime
    error: JobError | None
    files: tuple[FileLink, ...] = ()
    """Once the job is complete."""
    publication: PublicationSummary | None = None
    """Once the job is complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetSummary:
    __pydantic_config__: ClassVar = DOCUMENTED

    name: str
    title: str
    short_side_px: int
    rate: float
    """Frames a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presets:
    presets: tuple[PresetSummary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    name: str
    version: str
