"""A job whose row this transaction holds. Whatever changes a job or its steps goes through here, one change after another: that keeps
the history without gaps, and of two siblings that end at once the second one sees the first and opens the fan-in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, select, update

from libs.common.jobs.base import JobError, JobState, StepRef, StepState
from libs.common.jobs.database import now_of
from libs.common.jobs.progress import progress_of
from libs.common.jobs.rows import KINDS, error_json, ref_of
from libs.common.jobs.schema import document, job, job_event, step
from libs.common.media.errors import NotFound
from libs.common.pipeline import PIPELINES, STAGES, Item, Scope, is_ready

ACTIVE = (JobState.accepted, JobState.queued, JobState.running)
"""States in which steps may be claimed."""

UNFINISHED = (StepState.blocked, StepState.ready, StepState.running)


class LockedJob:
    """Made by `lock`; lives as long as its transaction."""

    def __init__(self, connection: Connection, row: Row[Any], now: datetime) -> None:
        self.connection = connection
        self.now = now
        self.id: str = row.id
        self.tenant: str = row.tenant
        self.state = JobState(row.state)
        self.cancel_requested: bool = row.cancel_requested
        self.review_pending: bool = row.review_pending
        self.scenes: int | None = row.scenes
        self.presets: tuple[str, ...] = tuple(row.presets)
        self.pipeline = PIPELINES[KINDS[row.root]]
        self._last_seq: int = row.last_seq

    def change(self, **values: Any) -> None:
        self.connection.execute(update(job).where(job.c.id == self.id).values(updated_at=self.now, **values))

    def ask_for_review(self, *, pending: bool) -> None:
        """Whether a person has yet to decide. Unlike the job's state, this outlives a failure."""
        self.review_pending = pending
        self.change(review_pending=pending)

    def record(self, kind: str, **data: Any) -> None:
        """Add an event to the history."""
        self._last_seq += 1
        entry = {"job_id": self.id, "seq": self._last_seq, "type": kind, "at": self.now, "data": data}
        self.connection.execute(job_event.insert().values(entry))
        self.change(last_seq=self._last_seq)

    def move(self, state: JobState, *, error: JobError | None = None, **why: Any) -> None:
        """Take the job to `state`. A job that ends takes its unfinished steps along."""
        if state.terminal:
            self._cancel_steps(UNFINISHED)
        self.state = state
        told = None if error is None else error_json(error)
        self.change(state=state, error=told, finished_at=self.now if state.terminal else None)
        self.measure()
        self.record("job.state", state=state, **({} if told is None else {"error": told}), **why)

    def move_step(self, stage: str, key: str, state: StepState, *, told: dict[str, Any] | None = None, **values: Any) -> None:
        """Take one step to `state`; `told` goes into the history beside it."""
        self.connection.execute(update(step).where(*self.at(stage, key)).values(state=state, **values))
        self.record("step.state", stage=stage, key=key, state=state, **(told or {}))

    def at(self, stage: str, key: str) -> tuple[Any, Any, Any]:
        return (step.c.job_id == self.id, step.c.stage == stage, step.c.key == key)

    def add_steps(self, scope: Scope, keys: tuple[str, ...], *, first: int = 0) -> None:
        """Blocked steps of all stages of that scope; `first` is the place of the first key among its siblings."""
        rows = [
            {
                "job_id": self.id,
                "stage": stage.name,
                "key": key,
                "queue": stage.queue,
                "position": position,
                "ordinal": first + ordinal,
                "state": StepState.blocked,
                "attempt": 0,
                "fence": 0,
                "progress": 0.0,
                "reused": False,
                "stats": {},
            }
            for position, stage in enumerate(self.pipeline)
            if stage.scope is scope
            for ordinal, key in enumerate(keys)
        ]
        self.connection.execute(step.insert(), rows)

    def open_steps(self) -> tuple[StepRef, ...]:
        """Make ready what has all its inputs."""
        if self.state.terminal or self.cancel_requested:
            return ()
        present = self._present()
        rung_at = self.now if self.state in ACTIVE else None  # nobody rings for a job that waits for a person
        opened = []
        for row in self.steps(StepState.blocked):
            if is_ready(STAGES[row.stage], row.key, present=present, scenes=self.scenes, presets=self.presets):
                times: dict[str, Any] = {"ready_at": self.now, "not_before": self.now, "rung_at": rung_at}
                self.move_step(row.stage, row.key, StepState.ready, **times)
                opened.append(ref_of(row))
        return tuple(opened) if self.state in ACTIVE else ()

    def steps(self, *states: StepState) -> list[Row[Any]]:
        """In the order of the pipeline, then of the key; all of them when no state is named."""
        found = select(step).where(step.c.job_id == self.id).order_by(step.c.position, step.c.ordinal)
        return list(self.connection.execute(found.where(step.c.state.in_(states)) if states else found))

    def settle(self) -> None:
        """End the job where nothing is left to do."""
        if self.state.terminal:
            return
        if self.cancel_requested:
            self._cancel_steps((StepState.blocked, StepState.ready))
            if not self.steps(StepState.running):
                self.move(JobState.cancelled)
        elif self.state in ACTIVE and self.scenes is not None and not self.steps(*UNFINISHED):
            self.move(JobState.completed)

    def measure(self) -> float:
        """Work out and keep how far the job is."""
        found = [(row.stage, 1.0 if row.state == StepState.done else row.progress) for row in self.steps()]
        progress = progress_of(found, scenes=self.scenes, pipeline=self.pipeline)
        self.change(progress=progress)
        return progress

    def allow(self, deadline_s: float) -> None:
        """Give the job that much time from now on."""
        self.change(deadline_at=self.now + timedelta(seconds=deadline_s))

    def forget_document(self, kind: type, key: str) -> None:
        gone = and_(document.c.job_id == self.id, document.c.kind == kind.__name__, document.c.key == key)
        self.connection.execute(delete(document).where(gone))

    def _present(self) -> frozenset[Item]:
        found = self.connection.execute(select(document.c.kind, document.c.key).where(document.c.job_id == self.id))
        return frozenset((KINDS[row.kind], row.key) for row in found)

    def _cancel_steps(self, states: tuple[StepState, ...]) -> None:
        """The fence counts up, so that whoever still runs one of them is told at the next heartbeat and leaves no result."""
        for row in self.steps(*states):
            self.move_step(row.stage, row.key, StepState.cancelled, fence=row.fence + 1, finished_at=self.now, lease_until=None)


def lock(connection: Connection, job_id: str, *, tenant: str | None = None) -> LockedJob:
    """Raises NotFound for an unknown job, or one of another tenant."""
    found = find_and_lock(connection, job_id)
    if found is None or tenant not in (None, found.tenant):
        raise NotFound(f"no job {job_id!r}", code="job.not_found")
    return found


def find_and_lock(connection: Connection, job_id: str, *, skip_locked: bool = False) -> LockedJob | None:
    """None where there is no such job, or where `skip_locked` and somebody else holds it."""
    row = connection.execute(select(job).where(job.c.id == job_id).with_for_update(skip_locked=skip_locked)).first()
    return None if row is None else LockedJob(connection, row, now_of(connection))
