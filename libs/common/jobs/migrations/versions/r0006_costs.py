"""What steps cost lately is asked for by their stage."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_index("step_by_stage", "step", ["stage", "finished_at"])
