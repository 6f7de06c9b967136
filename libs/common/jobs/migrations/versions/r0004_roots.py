"""Jobs may begin with other documents than a brief."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("job", sa.Column("root", sa.String(40), nullable=False, server_default="Brief"))
