"""The clip library."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "clip_library",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "clip",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("library", sa.String(40), primary_key=True),
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column("annotation", sa.JSON, nullable=False),
        sa.Column("annotation_sha256", sa.String(64), nullable=False),
        sa.Column("media_sha256", sa.String(64)),
        sa.Column("kind", sa.String(20)),
        sa.Column("blob_key", sa.Text),
        sa.Column("blob_bytes", sa.BigInteger),
        sa.Column("media_type", sa.String(40)),
        sa.Column("width_px", sa.Integer),
        sa.Column("height_px", sa.Integer),
        sa.Column("frames", sa.Integer),
        sa.Column("taken_over", sa.Integer, nullable=False),
        sa.Column("vector", sa.LargeBinary),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
    )
    op.create_index("clip_by_media", "clip", ["tenant", "media_sha256"])
