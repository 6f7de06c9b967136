"""What nobody else notices: workers that died, steps and jobs that take too long, doorbells that were lost.

Each job is put right in a transaction of its own, and one that somebody holds is left for the next turn: any number of reconcilers may
run at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, or_, select, update

from libs.common.jobs.base import JobError, JobState, StepRef, StepState
from libs.common.jobs.claims import kill, put_back
from libs.common.jobs.database import now_of, reading, writing
from libs.common.jobs.locked import ACTIVE, LockedJob, find_and_lock
from libs.common.jobs.reading import waiting
from libs.common.jobs.rows import ref_of
from libs.common.jobs.schema import job, step
from libs.common.pipeline import STAGES

RING_AT_MOST_EVERY = timedelta(minutes=5)
BATCH = 500


def put_right(engine: Engine, *, max_attempts: int) -> None:
    """Expire leases, budgets and deadlines."""
    with reading(engine) as connection:
        suspects = _suspects(connection)
    for job_id in suspects:
        with writing(engine) as connection:
            locked = find_and_lock(connection, job_id, skip_locked=True)
            if locked is not None and not locked.state.terminal:
                _put_right(locked, max_attempts)


def to_ring(engine: Engine, *, ring_again_s: float) -> tuple[StepRef, ...]:
    """Ready steps that no worker was told of, or not lately. A step that waits long is rung less and less often, so that a backlog
    does not fill the queue with doubles."""
    grace = timedelta(seconds=ring_again_s)
    with reading(engine) as connection:
        if not _forgotten(connection, grace, lock=False):
            return ()
    with writing(engine) as connection:
        found = _forgotten(connection, grace, lock=True)
        for row in found:
            same = (step.c.job_id == row.job_id, step.c.stage == row.stage, step.c.key == row.key)
            connection.execute(update(step).where(*same).values(rung_at=now_of(connection)))
        return tuple(ref_of(row) for row in found)


def _forgotten(connection: Connection, grace: timedelta, *, lock: bool) -> list[Row[Any]]:
    """Rows that somebody else holds are skipped, never waited for: this transaction takes many, and two that wait could lock up."""
    now = now_of(connection)
    query = waiting(connection).where(or_(step.c.rung_at.is_(None), step.c.rung_at < now - grace)).limit(BATCH)
    if lock:
        query = query.with_for_update(of=step, skip_locked=True)
    return [row for row in connection.execute(query) if _rings_again(row, now, grace)]


def _suspects(connection: Connection) -> list[str]:
    now = now_of(connection)
    running = connection.execute(select(step).where(step.c.state == StepState.running))
    late = {row.job_id for row in running if row.lease_until < now or _over_budget(row, now)}
    overdue = connection.execute(select(job.c.id).where(job.c.state.in_(ACTIVE), job.c.deadline_at < now))
    return sorted(late.union(row.id for row in overdue))


def _put_right(locked: LockedJob, max_attempts: int) -> None:
    row = locked.connection.execute(select(job.c.deadline_at).where(job.c.id == locked.id)).one()
    if locked.state in ACTIVE and row.deadline_at < locked.now:
        locked.move(JobState.expired, error=JobError(step="", code="job.expired", detail="the job was not done in time"))
        return
    for found in locked.steps(StepState.running):
        if locked.state.terminal:
            return
        ref = ref_of(found)
        late = found.lease_until < locked.now
        if locked.cancel_requested and (late or _over_budget(found, locked.now)):
            locked.move_step(ref.stage, ref.key, StepState.cancelled, fence=found.fence + 1, lease_until=None, finished_at=locked.now)
            locked.settle()
        elif _over_budget(found, locked.now):
            budget_s = STAGES[ref.stage].budget_s
            detail = f"the step took longer than {budget_s} s"
            kill(locked, ref, error=JobError(step=ref.name, code="step.over_budget", detail=detail))
        elif late:
            _worker_died(locked, found, max_attempts)


def _worker_died(locked: LockedJob, row: Row[Any], max_attempts: int) -> None:
    ref = ref_of(row)
    if row.attempt < max_attempts:
        gone = JobError(step=ref.name, code="step.worker_lost", detail="the worker stopped answering")
        put_back(locked, ref, error=gone, not_before=locked.now)
    else:
        detail = f"{row.attempt} workers stopped answering, one after another"
        kill(locked, ref, error=JobError(step=ref.name, code="attempts_exhausted", detail=detail))


def _over_budget(row: Row[Any], now: datetime) -> bool:
    return bool(row.started_at + timedelta(seconds=STAGES[row.stage].budget_s) < now)


def _rings_again(row: Row[Any], now: datetime, grace: timedelta) -> bool:
    if row.rung_at is None:
        return True
    pause = min(max(grace, row.rung_at - row.ready_at), max(grace, RING_AT_MOST_EVERY))
    return bool(now - row.rung_at >= pause)
