"""The port of the job store: states, claims, and what readers see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from libs.common.media.brief import Brief

DOCUMENTED: Mapping[str, object] = {"use_attribute_docstrings": True}
"""How the API reads these classes: attribute docstrings are descriptions."""


class JobState(StrEnum):
    """accepted → queued → running → (awaiting_review) → completed | failed | rejected | cancelled | expired."""

    accepted = "accepted"
    queued = "queued"
    running = "running"
    awaiting_review = "awaiting_review"
    completed = "completed"
    failed = "failed"
    """A step is dead; `error` says which and why. `resume` takes it up again, to `awaiting_review` where a person has yet to decide."""
    rejected = "rejected"
    """Moderation blocked it; `error` carries the finding."""
    cancelled = "cancelled"
    expired = "expired"

    @property
    def terminal(self) -> bool:
        return self in TERMINAL


TERMINAL = frozenset({JobState.completed, JobState.failed, JobState.rejected, JobState.cancelled, JobState.expired})


class StepState(StrEnum):
    """blocked → ready → running → done | dead | cancelled."""

    blocked = "blocked"
    ready = "ready"
    running = "running"
    done = "done"
    dead = "dead"
    cancelled = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobError:
    """Why a job ended badly."""

    __pydantic_config__: ClassVar = DOCUMENTED

    step: str
    """`<stage>` or `<stage>/<key>`."""
    code: str
    detail: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    id: str
    """`job_` and a UUIDv7."""
    video_id: str
    """`vid_` and a UUIDv7."""
    tenant: str
    state: JobState
    progress: float
    """0 to 1, by the weight of the steps."""
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None = None
    cancel_requested: bool = False
    error: JobError | None = None
    title: str = ""
    """Product name of the brief or title of the edit, for lists."""
    root: str = "Brief"
    """The document that it began with: `Brief` or `Timeline`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of the record."""

    __pydantic_config__: ClassVar = DOCUMENTED

    job_id: str
    stage: str
    key: str
    queue: str
    state: StepState
    attempt: int
    fence: int
    progress: float = 0.0
    started_at: datetime | None = None
    finished_at: datetime | None = None
    reused: bool = False
    """True where the result was taken from an earlier job with equal inputs."""
    stats: dict[str, Any] = field(default_factory=dict)
    """`cpu_s`, `wall_s` and what the step noted of itself."""
    error_code: str | None = None
    error_detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRef:
    """What a doorbell carries: where to look, never what to do."""

    job_id: str
    stage: str
    key: str
    queue: str

    @property
    def name(self) -> str:
        """`<stage>` or `<stage>/<key>`."""
        return f"{self.stage}/{self.key}" if self.key else self.stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to run a step until the lease ends. A result counts only under the newest fence."""

    ref: StepRef
    tenant: str
    fence: int
    attempt: int
    lease_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of a job's history; `seq` counts from 1 without gaps within a job."""

    __pydantic_config__: ClassVar = DOCUMENTED

    job_id: str
    seq: int
    type: str
    """`job.state`, `step.state`, `step.progress`, `scene.written`."""
    at: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    job_id: str
    kind: str
    """Class name of the document."""
    key: str
    sha256: str
    """Of the document's canonical bytes; its blob is `documents/<sha256>.json`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    job: Job
    created: bool
    """False where the idempotency key was seen before and this is the job of that time."""
    ready: tuple[StepRef, ...] = ()
    """What to ring now; whoever does not is helped by the reconciler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    jobs: tuple[Job, ...]
    cursor: str | None
    """Hand it back for the next page; None on the last."""


class JobStore(Protocol):
    """Every method is one transaction. Ids of other tenants are NotFound. Unavailable where the database does not answer."""

    def submit(
        self,
        *,
        tenant: str,
        root_sha256: str,
        title: str,
        presets: tuple[str, ...],
        root: type = Brief,
        idempotency_key: str | None = None,
        request_sha256: str | None = None,
    ) -> Submission:
        """Record a job that begins with a document of the kind `root`, and its job- and rendition-scoped steps. Conflict
        (`idempotency.key_reused`) where the key was used with another request."""
        ...

    def submitted(self, *, tenant: str, idempotency_key: str, request_sha256: str) -> Submission | None:
        """The job of an earlier `submit` with this key. Conflict where that was another request."""
        ...

    def job(self, job_id: str, *, tenant: str | None = None) -> Job: ...

    def job_of_video(self, video_id: str, *, tenant: str | None = None) -> Job: ...

    def jobs(self, *, tenant: str, state: JobState | None = None, limit: int = 50, cursor: str | None = None) -> Page:
        """Newest first."""
        ...

    def steps(self, job_id: str) -> tuple[Step, ...]:
        """In the order of the pipeline, then of the key."""
        ...

    def latest_stats(self, *, stage: str, limit: int = 100) -> tuple[dict[str, Any], ...]:
        """Figures of the steps of a stage that were done last and really worked, of all tenants, newest first."""
        ...

    def documents(self, job_id: str) -> tuple[DocumentRow, ...]: ...

    def events(self, job_id: str, *, after: int = 0, limit: int = 500) -> tuple[Event, ...]: ...

    def cancel(self, job_id: str) -> Job:
        """Ask for it; steps that run see it at their next heartbeat. A terminal job raises Conflict."""
        ...

    def resume(self, job_id: str) -> Job:
        """Give the dead steps of a failed job new attempts. Conflict where the job has not failed."""
        ...

    def approve(self, job_id: str, *, by: str) -> Job:
        """Let a held job go on. Conflict where it does not wait for a review."""
        ...

    def decline(self, job_id: str, *, by: str, detail: str) -> Job:
        """End a held job as `rejected`. Conflict where it does not wait for a review."""
        ...

    # --- for workers ---

    def ready(self, *, queues: tuple[str, ...] = (), limit: int = 100) -> tuple[StepRef, ...]:
        """Steps that could be claimed now, oldest first; all queues when none is named."""
        ...

    def claim(self, ref: StepRef, *, owner: str, lease_s: float) -> Claim | None:
        """None where there is nothing to do: done, owned, cancelled, or not due."""
        ...

    def heartbeat(self, claim: Claim, *, progress: float | None = None) -> bool:
        """Extend the lease; True where the job was asked to stop. LeaseLost where the fence is old."""
        ...

    def inputs(self, claim: Claim) -> tuple[tuple[DocumentRow, ...], ...]:
        """The rows of `pipeline.inputs_of`, in that shape."""
        ...

    def emit(self, claim: Claim, *, kind: str, key: str, sha256: str) -> tuple[StepRef, ...]:
        """Hand out one document of a running step and open the steps that it makes possible. The same document again changes nothing;
        another one in its place makes everything behind it stale. Returns what became ready."""
        ...

    def finish(
        self, claim: Claim, *, kind: str, sha256: str, reused: bool, stats: dict[str, Any], scenes: int | None = None
    ) -> tuple[StepRef, ...]:
        """Record the result once. `scenes` closes the number of scenes. Returns what became ready. LeaseLost where the fence is old."""
        ...

    def hold(self, claim: Claim, *, kind: str, sha256: str, stats: dict[str, Any]) -> None:
        """Record the result and let the job wait for a person (`awaiting_review`)."""
        ...

    def reject(self, claim: Claim, *, kind: str, sha256: str, error: JobError) -> None:
        """Record the result and end the job as `rejected`."""
        ...

    def fail(self, claim: Claim, *, error: JobError, retry_in_s: float | None) -> None:
        """Give the step up, or back for another attempt after a while. Attempts spent: the step is dead and the job failed."""
        ...

    def cancelled(self, claim: Claim) -> None:
        """The step stopped because it was asked to. Where it was the worker that stops and not the job, the step goes back to be
        taken by another one, and the attempt does not count."""
        ...

    def memo(self, *, stage: str, input_sha256: str) -> str | None:
        """SHA-256 of the document that a step with equal inputs wrote before."""
        ...

    def remember(self, *, stage: str, input_sha256: str, sha256: str) -> None: ...

    def reconcile(self) -> tuple[StepRef, ...]:
        """Expire leases and deadlines, end jobs whose attempts are spent, and return what should be rung again."""
        ...
