"""Clips in the database that the jobs are in. Every change of a library counts its revision up in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, Row, delete, func, select, update

from libs.common.jobs.database import now_of, reading, writing
from libs.common.media.blob import BlobRef
from libs.common.media.errors import NotFound
from libs.common.media.footage import MediaKind
from services.assets.catalogue.schema import clip as clips
from services.assets.catalogue.schema import clip_library
from services.assets.clip import Annotation, Clip, ClipMedia

_PAGE = 1_000
_ASKED_AT_ONCE = 500
"""Ids of one query; databases limit the number of parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A clip with what the index is made from."""

    tenant: str
    library: str
    clip: Clip
    vector: NDArray[np.float32] | None
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryStats:
    clips: int
    with_media: int
    media_bytes: int
    revision: int


class Catalogue:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, tenant: str, library: str, clip_id: str) -> Clip:
        """Raises NotFound (`library.no_clip`)."""
        found = self.many(tenant, library, [clip_id])
        if not found:
            raise NotFound(f"no clip {clip_id!r} in the library {library!r}", code="library.no_clip")
        return found[clip_id].clip

    def many(self, tenant: str, library: str, ids: Sequence[str]) -> dict[str, Stored]:
        """Those of `ids` that are there."""
        found: dict[str, Stored] = {}
        with reading(self._engine) as connection:
            for start in range(0, len(ids), _ASKED_AT_ONCE):
                query = _of(tenant, library).where(clips.c.id.in_(ids[start : start + _ASKED_AT_ONCE]))
                found |= {row.id: _row_of(row) for row in connection.execute(query)}
        return found

    def by_media(self, tenant: str, source_sha256: str) -> ClipMedia | None:
        """The same file as it was normalised before, in whichever library of the tenant."""
        query = select(clips).where(clips.c.tenant == tenant, clips.c.media_sha256 == source_sha256).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        return None if row is None else _media_of(row)

    def put(self, rows: Iterable[Stored]) -> None:
        """Write clips; each library's revision counts up once."""
        by_library: dict[tuple[str, str], list[Stored]] = {}
        for row in rows:
            by_library.setdefault((row.tenant, row.library), []).append(row)
        with writing(self._engine) as connection:
            for (tenant, library), group in sorted(by_library.items()):
                _count_up(connection, tenant, library)
                ids = [row.clip.id for row in group]
                for start in range(0, len(ids), _ASKED_AT_ONCE):
                    connection.execute(_delete(tenant, library, ids[start : start + _ASKED_AT_ONCE]))
                now = now_of(connection)
                connection.execute(clips.insert(), [_values(row) | {"updated_at": now} for row in group])

    def set_vectors(self, rows: Sequence[Stored]) -> None:
        """New vectors of clips that are otherwise unchanged."""
        with writing(self._engine) as connection:
            for row in rows:
                where = (clips.c.tenant == row.tenant, clips.c.library == row.library, clips.c.id == row.clip.id)
                connection.execute(update(clips).where(*where).values(vector=_packed(row.vector), fingerprint=row.fingerprint))

    def remove(self, tenant: str, library: str, clip_id: str) -> None:
        """Raises NotFound (`library.no_clip`)."""
        with writing(self._engine) as connection:
            if connection.execute(_delete(tenant, library, [clip_id])).rowcount == 0:
                raise NotFound(f"no clip {clip_id!r} in the library {library!r}", code="library.no_clip")
            _count_up(connection, tenant, library)

    def all(self) -> Iterator[Stored]:
        """Every clip of every tenant, in order of its key; page by page, so that no lock is held long."""
        last: tuple[str, str, str] | None = None
        key = (clips.c.tenant, clips.c.library, clips.c.id)
        while True:
            query = select(clips).order_by(*key).limit(_PAGE)
            if last is not None:
                tenant, library, clip_id = last
                behind = (clips.c.library > library) | ((clips.c.library == library) & (clips.c.id > clip_id))
                query = query.where((clips.c.tenant > tenant) | ((clips.c.tenant == tenant) & behind))
            with reading(self._engine) as connection:
                rows = connection.execute(query).all()
            yield from (_row_of(row) for row in rows)
            if len(rows) < _PAGE:
                return
            last = (rows[-1].tenant, rows[-1].library, rows[-1].id)

    def count(self) -> int:
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(clips)).scalar_one()

    def stats(self, tenant: str, library: str) -> LibraryStats:
        summed = select(func.count(), func.count(clips.c.blob_key), func.coalesce(func.sum(clips.c.blob_bytes), 0))
        revision = select(clip_library.c.revision).where(clip_library.c.tenant == tenant, clip_library.c.name == library)
        with reading(self._engine) as connection:
            row = connection.execute(summed.where(clips.c.tenant == tenant, clips.c.library == library)).one()
            found = connection.execute(revision).scalar()
        return LibraryStats(clips=row[0], with_media=row[1], media_bytes=int(row[2]), revision=found or 0)

    def revision(self) -> int:
        """Of all libraries together: changes whenever one of them does."""
        with reading(self._engine) as connection:
            return int(connection.execute(select(func.coalesce(func.sum(clip_library.c.revision), 0))).scalar_one())


def _of(tenant: str, library: str) -> Any:
    return select(clips).where(clips.c.tenant == tenant, clips.c.library == library)


def _delete(tenant: str, library: str, ids: Sequence[str]) -> Any:
    return delete(clips).where(clips.c.tenant == tenant, clips.c.library == library, clips.c.id.in_(ids))


def _count_up(connection: Connection, tenant: str, library: str) -> None:
    """The row of the library is its lock: two writers take turns."""
    where = (clip_library.c.tenant == tenant, clip_library.c.name == library)
    if connection.execute(update(clip_library).where(*where).values(revision=clip_library.c.revision + 1)).rowcount == 0:
        connection.execute(clip_library.insert().values(tenant=tenant, name=library, revision=1))


def _values(row: Stored) -> dict[str, Any]:
    media = row.clip.media
    return {
        "tenant": row.tenant,
        "library": row.library,
        "id": row.clip.id,
        "annotation": row.clip.annotation.model_dump(mode="json"),
        "annotation_sha256": row.clip.annotation.sha256,
        "media_sha256": media.source_sha256 if media else None,
        "kind": media.kind.value if media else None,
        "blob_key": media.blob.key if media else None,
        "blob_bytes": media.blob.size_bytes if media else None,
        "media_type": media.blob.media_type if media else None,
        "width_px": media.width_px if media else None,
        "height_px": media.height_px if media else None,
        "frames": media.frames if media else None,
        "taken_over": int(media.taken_over) if media else 0,
        "vector": _packed(row.vector),
        "fingerprint": row.fingerprint,
    }


def _packed(vector: NDArray[np.float32] | None) -> bytes | None:
    return None if vector is None else vector.astype("<f2").tobytes()


def _row_of(row: Row[Any]) -> Stored:
    vector = None
    if row.vector is not None:
        vector = np.frombuffer(row.vector, "<f2").astype(np.float32)
        vector /= np.linalg.norm(vector)
    clip = Clip(annotation=Annotation.model_validate(row.annotation), media=_media_of(row))
    return Stored(tenant=row.tenant, library=row.library, clip=clip, vector=vector, fingerprint=row.fingerprint)


def _media_of(row: Row[Any]) -> ClipMedia | None:
    if row.blob_key is None:
        return None
    return ClipMedia(
        kind=MediaKind(row.kind),
        blob=BlobRef(key=row.blob_key, size_bytes=row.blob_bytes, media_type=row.media_type),
        width_px=row.width_px,
        height_px=row.height_px,
        frames=row.frames,
        source_sha256=row.media_sha256,
        taken_over=bool(row.taken_over),
    )
