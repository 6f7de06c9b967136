"""What readers see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, and_, select

from libs.common.jobs.base import Claim, DocumentRow, Event, Job, JobState, Page, Step, StepRef, StepState
from libs.common.jobs.database import now_of
from libs.common.jobs.locked import ACTIVE
from libs.common.jobs.rows import document_of, event_of, job_of, ref_of, step_of
from libs.common.jobs.schema import document, job, job_event, step
from libs.common.media.errors import Defect, NotFound
from libs.common.pipeline import STAGES, inputs_of


def job_by_id(connection: Connection, job_id: str, *, tenant: str | None = None) -> Job:
    return _one(connection, select(job).where(job.c.id == job_id), tenant, f"no job {job_id!r}", "job.not_found")


def job_by_video(connection: Connection, video_id: str, *, tenant: str | None = None) -> Job:
    return _one(connection, select(job).where(job.c.video_id == video_id), tenant, f"no video {video_id!r}", "video.not_found")


def _one(connection: Connection, query: Select[Any], tenant: str | None, detail: str, code: str) -> Job:
    row = connection.execute(query).first()
    if row is None or tenant not in (None, row.tenant):
        raise NotFound(detail, code=code)
    return job_of(row)


def jobs_of(connection: Connection, *, tenant: str, state: JobState | None, limit: int, cursor: str | None) -> Page:
    query = select(job).where(job.c.tenant == tenant).order_by(job.c.id.desc()).limit(limit + 1)
    if state is not None:
        query = query.where(job.c.state == state)
    if cursor is not None:
        query = query.where(job.c.id < cursor)
    found = [job_of(row) for row in connection.execute(query)]
    return Page(jobs=tuple(found[:limit]), cursor=found[limit - 1].id if len(found) > limit else None)


def steps_of(connection: Connection, job_id: str) -> tuple[Step, ...]:
    query = select(step).where(step.c.job_id == job_id).order_by(step.c.position, step.c.ordinal)
    return tuple(step_of(row) for row in connection.execute(query))


def latest_stats(connection: Connection, *, stage: str, limit: int) -> tuple[dict[str, Any], ...]:
    worked = and_(step.c.stage == stage, step.c.state == StepState.done, step.c.reused.is_(False))
    query = select(step.c.stats).where(worked).order_by(step.c.finished_at.desc()).limit(limit)
    return tuple(row.stats for row in connection.execute(query))


def documents_of(connection: Connection, job_id: str) -> tuple[DocumentRow, ...]:
    query = select(document).where(document.c.job_id == job_id).order_by(document.c.kind, document.c.key)
    return tuple(document_of(row) for row in connection.execute(query))


def events_of(connection: Connection, job_id: str, *, after: int, limit: int) -> tuple[Event, ...]:
    query = select(job_event).where(job_event.c.job_id == job_id, job_event.c.seq > after)
    return tuple(event_of(row) for row in connection.execute(query.order_by(job_event.c.seq).limit(limit)))


def claimable(connection: Connection, *, queues: tuple[str, ...], limit: int) -> tuple[StepRef, ...]:
    return tuple(ref_of(row) for row in connection.execute(waiting(connection, queues=queues).limit(limit)))


def waiting(connection: Connection, *, queues: tuple[str, ...] = ()) -> Select[Any]:
    """Steps that are ready and due, of jobs that may go on, oldest first."""
    due = and_(step.c.state == StepState.ready, step.c.not_before <= now_of(connection))
    query = select(step).join(job, job.c.id == step.c.job_id).where(due, job.c.state.in_(ACTIVE), job.c.cancel_requested.is_(False))
    if queues:
        query = query.where(step.c.queue.in_(queues))
    return query.order_by(step.c.ready_at, step.c.job_id, step.c.position, step.c.ordinal)


def inputs_for(connection: Connection, claim: Claim) -> tuple[tuple[DocumentRow, ...], ...]:
    """The rows of what the step reads. Raises Defect where one is missing: it should not have been ready then."""
    row = connection.execute(select(job.c.scenes, job.c.presets).where(job.c.id == claim.ref.job_id)).one()
    needs = inputs_of(STAGES[claim.ref.stage], claim.ref.key, scenes=row.scenes, presets=tuple(row.presets))
    found = {(row.kind, row.key): document_of(row) for row in _documents(connection, claim.ref.job_id)}
    try:
        if needs is None:
            raise KeyError("the number of scenes")
        return tuple(tuple(found[kind.__name__, key] for kind, key in items) for items in needs.items)
    except KeyError as error:
        raise Defect(f"{claim.ref.stage} misses {error}", code="step.inputs_missing") from error


def _documents(connection: Connection, job_id: str) -> list[Row[Any]]:
    return list(connection.execute(select(document).where(document.c.job_id == job_id)))
