"""What people may ask of a job: stop, go on after a failure, go on or end after a review."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, update

from libs.common.jobs.base import JobError, JobState, StepState
from libs.common.jobs.locked import LockedJob, lock
from libs.common.jobs.schema import step
from libs.common.media.errors import Conflict


def cancel(connection: Connection, job_id: str) -> None:
    locked = lock(connection, job_id)
    if locked.state.terminal:
        raise Conflict(f"the job is {locked.state} already", code="job.ended")
    if not locked.cancel_requested:
        locked.cancel_requested = True
        locked.change(cancel_requested=True)
        locked.settle()


def resume(connection: Connection, job_id: str, *, deadline_s: float) -> None:
    """The dead step may have taken its siblings with it: all that was cut short starts again. A job that waited for a review when it
    failed waits for it again."""
    locked = lock(connection, job_id)
    if locked.state is not JobState.failed:
        raise Conflict(f"the job is {locked.state}, not failed", code="job.not_failed")
    locked.move(JobState.awaiting_review if locked.review_pending else JobState.running)
    locked.cancel_requested = False
    locked.change(cancel_requested=False)
    locked.allow(deadline_s)
    afresh: dict[str, Any] = {"attempt": 0, "progress": 0.0, "owner": None, "started_at": None, "finished_at": None}
    for row in locked.steps(StepState.dead, StepState.cancelled):
        locked.move_step(row.stage, row.key, StepState.blocked, error_code=None, error_detail=None, **afresh)
    locked.open_steps()
    _ring_soon(locked)
    locked.measure()


def approve(connection: Connection, job_id: str, *, by: str, deadline_s: float) -> None:
    locked = _held_for_review(connection, job_id)
    locked.ask_for_review(pending=False)
    locked.move(JobState.running, by=by)
    locked.allow(deadline_s)
    _ring_soon(locked)
    locked.settle()


def decline(connection: Connection, job_id: str, *, by: str, detail: str) -> None:
    locked = _held_for_review(connection, job_id)
    locked.ask_for_review(pending=False)
    locked.move(JobState.rejected, error=JobError(step="review", code="review.declined", detail=detail), by=by)


def _held_for_review(connection: Connection, job_id: str) -> LockedJob:
    locked = lock(connection, job_id)
    if locked.state is not JobState.awaiting_review:
        raise Conflict(f"the job is {locked.state}, not waiting for a review", code="job.not_awaiting_review")
    return locked


def _ring_soon(locked: LockedJob) -> None:
    """The caller rings nobody: leave it to the reconciler, at once."""
    waiting = (step.c.job_id == locked.id, step.c.state == StepState.ready)
    locked.connection.execute(update(step).where(*waiting).values(rung_at=None))
