"""The tables of clips and libraries."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

from libs.common.jobs.schema import Instant

metadata = MetaData()

clip_library = Table(
    "clip_library",
    metadata,
    Column("tenant", String(64), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("revision", BigInteger, nullable=False),  # counts every change
)

clip = Table(
    "clip",
    metadata,
    Column("tenant", String(64), primary_key=True),
    Column("library", String(40), primary_key=True),
    Column("id", String(120), primary_key=True),
    Column("annotation", JSON, nullable=False),
    Column("annotation_sha256", String(64), nullable=False),
    Column("media_sha256", String(64)),  # of the file as it was sent; none: no media
    Column("kind", String(20)),
    Column("blob_key", Text),
    Column("blob_bytes", BigInteger),
    Column("media_type", String(40)),
    Column("width_px", Integer),
    Column("height_px", Integer),
    Column("frames", Integer),
    Column("taken_over", Integer, nullable=False),
    Column("vector", LargeBinary),  # float16, so that a new index needs no new embedding
    Column("fingerprint", Text, nullable=False),  # of the embedding
    Column("updated_at", Instant, nullable=False),
    Index("clip_by_media", "tenant", "media_sha256"),
)
