"""Tables of the record: jobs, their steps, documents and history, finished work to use again, idempotency keys."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class Instant(TypeDecorator[datetime]):
    """A point in time, UTC, aware in Python. SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

job = Table(
    "job",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("video_id", String(64), nullable=False, unique=True),
    Column("tenant", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("root", String(40), nullable=False, server_default="Brief"),  # kind of the document that it began with
    Column("presets", JSON, nullable=False),
    Column("scenes", Integer),  # not known until the script is whole
    Column("progress", Double, nullable=False),
    Column("last_seq", Integer, nullable=False),  # of job_event; counted under the row's lock
    Column("cancel_requested", Boolean, nullable=False),
    Column("review_pending", Boolean, nullable=False),  # outlives a failure: only a person takes it away
    Column("error", JSON(none_as_null=True)),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("deadline_at", Instant, nullable=False),
    Index("job_by_tenant", "tenant", "id"),
    Index("job_by_state", "state", "deadline_at"),
)

step = Table(
    "step",
    metadata,
    Column("job_id", ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
    Column("stage", String(64), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("queue", String(64), nullable=False),
    Column("position", Integer, nullable=False),  # of the stage in the pipeline
    Column("ordinal", Integer, nullable=False),  # of the key among its siblings
    Column("state", String(20), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("owner", String(128)),
    Column("lease_until", Instant),
    Column("not_before", Instant),
    Column("rung_at", Instant),  # when a doorbell was rung last; none: nobody was told yet
    Column("ready_at", Instant),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Column("progress", Double, nullable=False),
    Column("reused", Boolean, nullable=False),
    Column("stats", JSON, nullable=False),
    Column("error_code", String(80)),
    Column("error_detail", Text),
    Index("step_by_state", "state", "queue", "ready_at"),
    Index("step_by_stage", "stage", "finished_at"),
)

document = Table(
    "document",
    metadata,
    Column("job_id", ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
)

job_event = Table(
    "job_event",
    metadata,
    Column("job_id", ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("type", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("data", JSON, nullable=False),
)

memo = Table(
    "memo",
    metadata,
    Column("stage", String(64), primary_key=True),
    Column("input_sha256", String(64), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("tenant", String(64), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("request_sha256", String(64)),
    Column("job_id", ForeignKey("job.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Instant, nullable=False),
)
