"""The table of API keys."""

from __future__ import annotations

from sqlalchemy import Column, Index, MetaData, String, Table, Text

from libs.common.jobs.schema import Instant

metadata = MetaData()

api_key = Table(
    "api_key",
    metadata,
    Column("id", String(8), primary_key=True),
    Column("secret_sha256", String(64), nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("role", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    Column("last_used_at", Instant),
    Index("api_key_by_tenant", "tenant", "created_at"),
)
