"""One step, from claim to result. The same for the all-in-one mode and for workers."""

from __future__ import annotations

import random
import resource
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import stamina
import structlog

from libs.common import documents
from libs.common.blobs.base import BlobStore, document_key, store_document
from libs.common.jobs.base import Claim, DocumentRow, JobError, JobStore, StepRef
from libs.common.media.errors import Cancelled, Defect, DomainError, LeaseLost, StorageFull, Unavailable
from libs.common.media.review import BriefReview, Decision, EditReview, Finding, SceneReview, VideoReview
from libs.common.media.storyboard import Storyboard
from libs.common.pipeline import SCOPES, STAGES, Previous, Scope, Stage
from libs.common.runtime.context import StepBinding
from libs.common.runtime.doorbell import Doorbell
from libs.common.runtime.lease import Lease
from libs.common.runtime.reuse import find_earlier, input_hash
from libs.common.runtime.step_context import RunningContext

_log = structlog.get_logger("reelsmith.steps")


class Outcome(StrEnum):
    """What became of a doorbell."""

    nothing_to_do = "nothing_to_do"
    """Done already, owned by another worker, cancelled, or not due."""
    done = "done"
    reused = "reused"
    held = "held"
    rejected = "rejected"
    stopped = "stopped"
    """Asked to stop, or given back because the worker stops."""
    lost = "lost"
    """The step belongs to somebody else by now; what was made is not recorded."""
    failed = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Pauses between attempts: they double, and are spread so that what failed together does not come back together."""

    first_s: float = 2.0
    longest_s: float = 300.0

    def pause_s(self, attempt: int) -> float:
        return min(self.longest_s, self.first_s * 2.0 ** (attempt - 1)) * random.uniform(0.5, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A result and how it came about."""

    document: object
    sha256: str
    reused: bool
    stats: dict[str, Any]


def run_step(
    ref: StepRef,
    *,
    jobs: JobStore,
    blobs: BlobStore,
    bindings: Mapping[str, StepBinding],
    owner: str,
    doorbell: Doorbell,
    lease_s: float = 60,
    alone: bool = False,
    stopping: threading.Event | None = None,
    backoff: Backoff | None = None,
) -> Outcome:
    """Claim the step, run its work and record what became of it. Nothing that the work raises comes out of here.

    `alone` says that nothing else runs in this process, so that its whole CPU time is the step's. `stopping` makes the work raise
    Cancelled at its next `progress`, and the step go back. Raises Unavailable or StorageFull where the database does not take the
    outcome: then the lease ends, and somebody else runs the step.
    """
    if ref.stage not in bindings:
        raise Defect(f"this worker has no {ref.stage}", code="step.unknown")
    claim = jobs.claim(ref, owner=owner, lease_s=lease_s)
    if claim is None:
        return Outcome.nothing_to_do
    doorbell.tell(ref.job_id)
    with (
        structlog.contextvars.bound_contextvars(job_id=ref.job_id, step=ref.name, attempt=claim.attempt, tenant=claim.tenant),
        Lease(jobs, claim, stopping=stopping) as lease,
    ):
        context = RunningContext(claim, lease, jobs=jobs, blobs=blobs, doorbell=doorbell)
        try:
            made = _make(claim, context, jobs=jobs, blobs=blobs, binding=bindings[ref.stage], alone=alone)
            outcome = _record(claim, made, jobs=jobs, doorbell=doorbell)
        except Exception as error:
            outcome = _record_failure(claim, error, jobs=jobs, backoff=backoff or Backoff())
        doorbell.tell(ref.job_id)
        _log.info("step", outcome=outcome)
        return outcome


def _make(claim: Claim, context: RunningContext, *, jobs: JobStore, blobs: BlobStore, binding: StepBinding, alone: bool) -> Made:
    stage = STAGES[claim.ref.stage]
    rows = jobs.inputs(claim)
    input_sha256 = input_hash(stage, claim.ref.key, rows, salt=binding.salt(), tenant=claim.tenant)
    earlier = find_earlier(stage, input_sha256, jobs=jobs, blobs=blobs) if stage.reuse else None
    if earlier is not None:
        sha256, document = earlier
    else:
        arguments = _load(stage, rows, blobs)
        with _measured(context.figures, alone=alone):
            document = binding.work(*arguments, context=context)
        if not isinstance(document, stage.writes):
            raise Defect(f"{stage.name} gave a {type(document).__name__}", code="step.wrong_document")
        sha256 = store_document(blobs, document)
    if stage.emits is not None:
        for key, part in enumerate(_parts(stage, document)):  # what the work handed out already changes nothing
            context.emit(part, str(key))
    if stage.reuse and earlier is None and not _is_makeshift(document):
        jobs.remember(stage=stage.name, input_sha256=input_sha256, sha256=sha256)
    return Made(document=document, sha256=sha256, reused=earlier is not None, stats=context.figures)


def _load(stage: Stage, rows: tuple[tuple[DocumentRow, ...], ...], blobs: BlobStore) -> Iterator[object]:
    """One argument for each entry of the stage's `reads`."""
    for read, found in zip(stage.reads, rows, strict=True):
        kind = read.kind if isinstance(read, Previous) else read
        loaded: tuple[object, ...] = tuple(documents.load(kind, blobs.get(document_key(row.sha256))) for row in found)
        if isinstance(read, Previous):
            yield loaded[0] if loaded else None
        elif SCOPES[kind] in (Scope.job, stage.scope):
            yield loaded[0]
        else:
            yield loaded


@contextmanager
def _measured(figures: dict[str, Any], *, alone: bool) -> Iterator[None]:
    """Note `wall_s` and `cpu_s`. A work function that knows its CPU time better notes `cpu_s` itself, and that wins. Where several steps
    share a process, only this thread is counted, and `child_cpu_s` (child processes, helper threads), which the work notes."""
    clock = _process_cpu_s if alone else time.thread_time
    wall, cpu = time.monotonic(), clock()
    try:
        yield
    finally:
        figures["wall_s"] = round(time.monotonic() - wall, 3)
        beside = 0.0 if alone else figures.get("child_cpu_s", 0.0)
        figures.setdefault("cpu_s", round(clock() - cpu + beside, 3))


def _process_cpu_s() -> float:
    """Of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)


def _is_makeshift(document: object) -> bool:
    """A script that the template wrote because the model was away: the next job asks the model again."""
    return isinstance(document, Storyboard) and document.degraded


def _parts(stage: Stage, document: object) -> tuple[object, ...]:
    """What the closing document lists, see `Stage.emits`."""
    parts: tuple[object, ...] = getattr(document, stage.lists)
    return parts


def _record(claim: Claim, made: Made, *, jobs: JobStore, doorbell: Doorbell) -> Outcome:
    result: dict[str, Any] = {"kind": type(made.document).__name__, "sha256": made.sha256}
    review = made.document if isinstance(made.document, BriefReview | EditReview | SceneReview | VideoReview) else None
    if review is not None and review.decision is Decision.block:
        _surely(lambda: jobs.reject(claim, **result, error=_rejection(claim.ref, review.findings)))
        return Outcome.rejected
    if review is not None and review.decision is Decision.review:
        _surely(lambda: jobs.hold(claim, **result, stats=made.stats))
        return Outcome.held
    stage = STAGES[claim.ref.stage]
    scenes = len(_parts(stage, made.document)) if stage.emits is not None else None
    ready = _surely(lambda: jobs.finish(claim, **result, reused=made.reused, stats=made.stats, scenes=scenes))
    doorbell.ring(ready)
    return Outcome.reused if made.reused else Outcome.done


def _rejection(ref: StepRef, findings: tuple[Finding, ...]) -> JobError:
    """The first finding that blocks; findings never repeat personal data, see `Finding.detail`."""
    finding = next(found for found in findings if found.decision is Decision.block)
    return JobError(step=ref.name, code=finding.code, detail=finding.detail, field=finding.field or None)


def _record_failure(claim: Claim, error: Exception, *, jobs: JobStore, backoff: Backoff) -> Outcome:
    try:
        if isinstance(error, LeaseLost):
            return Outcome.lost
        if isinstance(error, Cancelled):
            _surely(lambda: jobs.cancelled(claim))
            return Outcome.stopped
        told, retryable = _told(claim.ref, error)
        pause_s = backoff.pause_s(claim.attempt) if retryable else None
        _log.warning("step_failed", code=told.code, retry_in_s=pause_s, exc_info=error)
        _surely(lambda: jobs.fail(claim, error=told, retry_in_s=pause_s))
        return Outcome.failed
    except LeaseLost:
        return Outcome.lost


def _told(ref: StepRef, error: Exception) -> tuple[JobError, bool]:
    """What the caller reads, and whether another attempt may help. Of what nobody expected, the caller learns no more than that; it is
    tried again, because a worker short of memory looks the same."""
    if isinstance(error, DomainError) and not isinstance(error, Defect):
        return JobError(step=ref.name, code=error.code, detail=error.detail, field=error.field), error.retryable
    if isinstance(error, Defect):
        return JobError(step=ref.name, code=error.code, detail="a promise of this program was broken; the log has the details"), False
    return JobError(step=ref.name, code="step.crashed", detail="the step crashed; the log has the details"), True


def _surely(record: Callable[[], Any]) -> Any:
    """The work is done and dear: a database that is away or full for moments does not cost it."""
    for attempt in stamina.retry_context(on=(Unavailable, StorageFull), attempts=8, timeout=45):
        with attempt:
            return record()
    raise AssertionError("stamina gives up by raising")
