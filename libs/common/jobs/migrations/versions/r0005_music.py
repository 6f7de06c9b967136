"""The customer's own music."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "music_track",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("licence", sa.Text, nullable=False),
        sa.Column("mood", sa.String(20), nullable=False),
        sa.Column("tempo_bpm", sa.String(40), nullable=False),
        sa.Column("first_beat_s", sa.String(40), nullable=False),
        sa.Column("blob_key", sa.Text, nullable=False),
        sa.Column("blob_bytes", sa.BigInteger, nullable=False),
        sa.Column("samples", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
