"""Jobs, steps, documents, events, memo and idempotency keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("video_id", sa.String(64), nullable=False, unique=True),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("presets", sa.JSON, nullable=False),
        sa.Column("scenes", sa.Integer),
        sa.Column("progress", sa.Double, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("cancel_requested", sa.Boolean, nullable=False),
        sa.Column("review_pending", sa.Boolean, nullable=False),
        sa.Column("error", sa.JSON),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.Column("deadline_at", INSTANT, nullable=False),
    )
    op.create_index("job_by_tenant", "job", ["tenant", "id"])
    op.create_index("job_by_state", "job", ["state", "deadline_at"])
    op.create_table(
        "step",
        _job_id(),
        sa.Column("stage", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("queue", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(128)),
        sa.Column("lease_until", INSTANT),
        sa.Column("not_before", INSTANT),
        sa.Column("rung_at", INSTANT),
        sa.Column("ready_at", INSTANT),
        sa.Column("started_at", INSTANT),
        sa.Column("finished_at", INSTANT),
        sa.Column("progress", sa.Double, nullable=False),
        sa.Column("reused", sa.Boolean, nullable=False),
        sa.Column("stats", sa.JSON, nullable=False),
        sa.Column("error_code", sa.String(80)),
        sa.Column("error_detail", sa.Text),
    )
    op.create_index("step_by_state", "step", ["state", "queue", "ready_at"])
    op.create_table(
        "document",
        _job_id(),
        sa.Column("kind", sa.String(40), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
    )
    op.create_table(
        "job_event",
        _job_id(),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
    )
    op.create_table(
        "memo",
        sa.Column("stage", sa.String(64), primary_key=True),
        sa.Column("input_sha256", sa.String(64), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
    )
    op.create_table(
        "idempotency",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("request_sha256", sa.String(64)),
        sa.Column("job_id", sa.String(64), sa.ForeignKey("job.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
    )


def _job_id() -> "sa.Column[str]":
    return sa.Column("job_id", sa.String(64), sa.ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
