"""Tracks in the database that the clips are in."""

from __future__ import annotations

from fractions import Fraction

from sqlalchemy import BigInteger, Column, Engine, MetaData, Row, String, Table, Text, delete, func, select

from libs.common.blobs.base import MEDIA_TYPES
from libs.common.jobs.database import now_of, reading, writing
from libs.common.jobs.schema import Instant
from libs.common.media.blob import BlobRef
from libs.common.media.errors import NotFound
from libs.common.media.music import Track
from libs.common.media.storyboard import Mood

metadata = MetaData()

music_track = Table(
    "music_track",
    metadata,
    Column("tenant", String(64), primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("title", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("mood", String(20), nullable=False),
    Column("tempo_bpm", String(40), nullable=False),  # exact: a fraction as text
    Column("first_beat_s", String(40), nullable=False),
    Column("blob_key", Text, nullable=False),
    Column("blob_bytes", BigInteger, nullable=False),
    Column("samples", BigInteger, nullable=False),
    Column("updated_at", Instant, nullable=False),
)


class Tracks:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, tenant: str) -> tuple[Track, ...]:
        """By id."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(music_track).where(music_track.c.tenant == tenant).order_by(music_track.c.id)).all()
        return tuple(_track_of(row) for row in rows)

    def put(self, tenant: str, track: Track) -> None:
        """The same id again replaces what was there."""
        with writing(self._engine) as connection:
            connection.execute(_one(tenant, track.id))
            values = {
                "tenant": tenant,
                "id": track.id,
                "title": track.title,
                "licence": track.licence,
                "mood": track.mood.value,
                "tempo_bpm": str(track.tempo_bpm),
                "first_beat_s": str(track.first_beat_s),
                "blob_key": track.audio.key,
                "blob_bytes": track.audio.size_bytes,
                "samples": track.samples,
                "updated_at": now_of(connection),
            }
            connection.execute(music_track.insert().values(values))

    def remove(self, tenant: str, track_id: str) -> None:
        """Raises NotFound (`music.no_track`). Its sound stays: finished jobs may be made again from it."""
        with writing(self._engine) as connection:
            if connection.execute(_one(tenant, track_id)).rowcount == 0:
                raise NotFound(f"no track {track_id!r} in the music library", code="music.no_track")

    def revision(self) -> str:
        """Changes whenever a track does."""
        with reading(self._engine) as connection:
            row = connection.execute(select(func.count(), func.max(music_track.c.updated_at))).one()
        return f"{row[0]}/{row[1]}"


def _one(tenant: str, track_id: str):  # type: ignore[no-untyped-def]  # SQLAlchemy's own type cannot be named
    return delete(music_track).where(music_track.c.tenant == tenant, music_track.c.id == track_id)


def _track_of(row: Row[tuple[object, ...]]) -> Track:
    return Track(
        id=row.id,
        title=row.title,
        licence=row.licence,
        mood=Mood(row.mood),
        tempo_bpm=Fraction(row.tempo_bpm),
        first_beat_s=Fraction(row.first_beat_s),
        audio=BlobRef(key=row.blob_key, size_bytes=row.blob_bytes, media_type=MEDIA_TYPES["flac"]),
        samples=row.samples,
    )
