"""The right to run a step: taking it, keeping it, giving it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, and_, or_, select, update

from libs.common.jobs.base import Claim, JobError, JobState, StepRef, StepState
from libs.common.jobs.database import now_of
from libs.common.jobs.locked import ACTIVE, LockedJob, find_and_lock
from libs.common.jobs.schema import job, step
from libs.common.media.errors import LeaseLost


def claim(connection: Connection, ref: StepRef, *, owner: str, lease_s: float, max_attempts: int) -> Claim | None:
    locked = find_and_lock(connection, ref.job_id)
    if locked is None or locked.cancel_requested or locked.review_pending or locked.state not in ACTIVE:
        return None
    free = or_(
        and_(step.c.state == StepState.ready, step.c.not_before <= locked.now),
        and_(step.c.state == StepState.running, step.c.lease_until < locked.now),
    )
    taken = (
        update(step)
        .where(*locked.at(ref.stage, ref.key), free, step.c.attempt < max_attempts)
        .values(
            state=StepState.running,
            owner=owner,
            attempt=step.c.attempt + 1,
            fence=step.c.fence + 1,
            lease_until=locked.now + timedelta(seconds=lease_s),
            started_at=locked.now,
            finished_at=None,
            progress=0.0,
        )
        .returning(step.c.fence, step.c.attempt)
    )
    row = connection.execute(taken).first()
    if row is None:
        return None
    if locked.state is not JobState.running:
        locked.move(JobState.running)
    locked.record("step.state", stage=ref.stage, key=ref.key, state=StepState.running, attempt=row.attempt)
    return Claim(ref=ref, tenant=locked.tenant, fence=row.fence, attempt=row.attempt, lease_s=lease_s)


def heartbeat(connection: Connection, claim: Claim, *, progress: float | None) -> bool:
    """The lease alone takes no lock on the job: it must go through while others write."""
    ref = claim.ref
    if progress is not None:
        locked = held(connection, claim)
        connection.execute(update(step).where(*locked.at(ref.stage, ref.key)).values(progress=progress))
        whole = locked.measure()
        locked.record("step.progress", stage=ref.stage, key=ref.key, progress=progress, job_progress=whole)
    lease_until = now_of(connection) + timedelta(seconds=claim.lease_s)
    if connection.execute(update(step).where(*_mine(claim)).values(lease_until=lease_until)).rowcount == 0:
        raise _lost(claim)
    return bool(connection.execute(select(job.c.cancel_requested).where(job.c.id == ref.job_id)).scalar_one())


def held(connection: Connection, claim: Claim) -> LockedJob:
    """The job of a step that this worker still owns. Raises LeaseLost where it does not."""
    locked = find_and_lock(connection, claim.ref.job_id)
    if locked is None or connection.execute(select(step.c.fence).where(*_mine(claim))).first() is None:
        raise _lost(claim)
    return locked


def fail(connection: Connection, claim: Claim, *, error: JobError, retry_in_s: float | None, max_attempts: int) -> None:
    locked = held(connection, claim)
    if locked.cancel_requested:
        _stop(locked, claim)
    elif retry_in_s is not None and claim.attempt < max_attempts:
        due = locked.now + timedelta(seconds=retry_in_s)
        put_back(locked, claim.ref, error=error, not_before=due)
    else:
        kill(locked, claim.ref, error=error)


def cancelled(connection: Connection, claim: Claim) -> None:
    locked = held(connection, claim)
    if locked.cancel_requested:
        _stop(locked, claim)
    else:
        put_back(locked, claim.ref, not_before=locked.now, attempt=claim.attempt - 1)


def put_back(locked: LockedJob, ref: StepRef, *, error: JobError | None = None, **values: Any) -> None:
    """Ready for another attempt. `rung_at` is empty, so that the reconciler rings as soon as it is due."""
    why = {} if error is None else {"error_code": error.code, "error_detail": error.detail}
    back = {"owner": None, "lease_until": None, "rung_at": None, "ready_at": locked.now, "progress": 0.0}
    locked.move_step(ref.stage, ref.key, StepState.ready, told=why, **back, **why, **values)


def kill(locked: LockedJob, ref: StepRef, *, error: JobError) -> None:
    """The step is dead, and the job has failed by it."""
    why = {"error_code": error.code, "error_detail": error.detail}
    locked.move_step(ref.stage, ref.key, StepState.dead, told=why, lease_until=None, finished_at=locked.now, **why)
    locked.move(JobState.failed, error=error)


def _stop(locked: LockedJob, claim: Claim) -> None:
    locked.move_step(claim.ref.stage, claim.ref.key, StepState.cancelled, lease_until=None, finished_at=locked.now)
    locked.settle()


def _mine(claim: Claim) -> tuple[Any, ...]:
    ref = claim.ref
    return (
        step.c.job_id == ref.job_id,
        step.c.stage == ref.stage,
        step.c.key == ref.key,
        step.c.fence == claim.fence,
        step.c.state == StepState.running,
    )


def _lost(claim: Claim) -> LeaseLost:
    return LeaseLost(f"{claim.ref.stage} {claim.ref.key} of {claim.ref.job_id} is no longer ours", code="step.lease_lost")
