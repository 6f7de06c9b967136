"""From table rows to the port's values, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

from libs.common.jobs.base import DocumentRow, Event, Job, JobError, JobState, Step, StepRef, StepState
from libs.common.pipeline import SCOPES

KINDS: dict[str, type] = {kind.__name__: kind for kind in SCOPES}
"""Documents by the name under which they are recorded."""


def job_of(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        video_id=row.video_id,
        tenant=row.tenant,
        state=JobState(row.state),
        progress=row.progress,
        created_at=row.created_at,
        updated_at=row.updated_at,
        finished_at=row.finished_at,
        cancel_requested=row.cancel_requested,
        error=None if row.error is None else JobError(**row.error),
        title=row.title,
        root=row.root,
    )


def step_of(row: Row[Any]) -> Step:
    return Step(
        job_id=row.job_id,
        stage=row.stage,
        key=row.key,
        queue=row.queue,
        state=StepState(row.state),
        attempt=row.attempt,
        fence=row.fence,
        progress=row.progress,
        started_at=row.started_at,
        finished_at=row.finished_at,
        reused=row.reused,
        stats=row.stats,
        error_code=row.error_code,
        error_detail=row.error_detail,
    )


def ref_of(row: Row[Any]) -> StepRef:
    return StepRef(job_id=row.job_id, stage=row.stage, key=row.key, queue=row.queue)


def document_of(row: Row[Any]) -> DocumentRow:
    return DocumentRow(job_id=row.job_id, kind=row.kind, key=row.key, sha256=row.sha256)


def event_of(row: Row[Any]) -> Event:
    return Event(job_id=row.job_id, seq=row.seq, type=row.type, at=row.at, data=row.data)


def error_json(error: JobError) -> dict[str, Any]:
    return asdict(error)


def upsert(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Insert the row, or write over the one with the same primary key."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    keys = [column.name for column in table.primary_key]
    statement = insert(table).values(values)
    changed = {name: statement.excluded[name] for name in values if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def insert_once(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert the row; False where one with the same primary key is there, which stays as it is."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    keys = [column.name for column in table.primary_key]
    statement = insert(table).values(values).on_conflict_do_nothing(index_elements=keys)
    return connection.execute(statement.returning(table.c[keys[0]])).first() is not None
