"""The library as one thing: what steps ask of it, and what its owner does with it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, Protocol

import httpx2
import stamina
import structlog
from pydantic import TypeAdapter

from libs.common.blobs.base import BlobStore
from libs.common.media.errors import Unavailable
from libs.common.media.music import Track
from libs.common.runtime.problems import error_from
from services.assets import sparse
from services.assets.catalogue.clips import Catalogue, LibraryStats, Stored
from services.assets.clip import Annotation, Clip, Ingested
from services.assets.embed.base import TextEmbedder
from services.assets.index.base import ClipIndex
from services.assets.ingest import Line, Shelf, add_annotations, add_media, entries_of, renewed, vectors_of
from services.assets.limits import MediaLimits
from services.assets.music.take_in import TrackLabel, take_in_track
from services.assets.music.tracks import Tracks
from services.assets.search import ClipQuery, Found, search

_FOUND: TypeAdapter[tuple[Found, ...]] = TypeAdapter(tuple[Found, ...])
_TRACKS: TypeAdapter[tuple[Track, ...]] = TypeAdapter(tuple[Track, ...])
_CLIPS: TypeAdapter[dict[str, Clip]] = TypeAdapter(dict[str, Clip])
_QUERY: TypeAdapter[ClipQuery] = TypeAdapter(ClipQuery)
_BATCH = 256
TENANT_HEADER = "X-Reelsmith-Tenant"
_log = structlog.get_logger("reelsmith.assets")


class Library(Protocol):
    """What a step needs. Raises Unavailable where the library does not answer."""

    def search(self, query: ClipQuery, *, tenant: str, library: str) -> tuple[Found, ...]:
        """Best first."""
        ...

    def revision(self) -> str:
        """Changes whenever an answer of `search` might."""
        ...

    def clips(self, ids: Sequence[str], *, tenant: str, library: str) -> dict[str, Clip]:
        """Those of `ids` that are there."""
        ...

    def music(self, *, tenant: str) -> tuple[Track, ...]:
        """The tenant's tracks, by id."""
        ...

    def music_revision(self) -> str:
        """Changes whenever an answer of `music` might."""
        ...


class LocalLibrary:
    """In the process that owns the index."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        tracks: Tracks,
        index: ClipIndex,
        embedder: TextEmbedder,
        blobs: BlobStore,
        limits: MediaLimits,
        conversions: int = 1,
    ) -> None:
        """`conversions` is how many files are normalised at a time; others wait."""
        self._catalogue, self._tracks, self._index, self._embedder = catalogue, tracks, index, embedder
        self._blobs, self._limits = blobs, limits
        self._conversions = threading.Semaphore(conversions)
        sparse.load()

    def search(self, query: ClipQuery, *, tenant: str, library: str) -> tuple[Found, ...]:
        return search(query, tenant=tenant, library=library, catalogue=self._catalogue, index=self._index, embedder=self._embedder)

    def revision(self) -> str:
        return f"{self._catalogue.revision()}|{self._embedder.fingerprint}|{sparse.FINGERPRINT}"

    def add_annotations(self, lines: Sequence[Line], *, tenant: str, library: str) -> list[Ingested]:
        return add_annotations(lines, self._shelf(tenant, library))

    def add_media(self, source: BinaryIO, annotation: Annotation | None, *, name: str, tenant: str, library: str) -> Ingested:
        """`source` is a memory file."""
        with self._conversions:
            return add_media(source, annotation, self._shelf(tenant, library), name=name, blobs=self._blobs, limits=self._limits)

    def clip(self, clip_id: str, *, tenant: str, library: str) -> Clip:
        return self._catalogue.get(tenant, library, clip_id)

    def clips(self, ids: Sequence[str], *, tenant: str, library: str) -> dict[str, Clip]:
        return {clip_id: stored.clip for clip_id, stored in self._catalogue.many(tenant, library, ids).items()}

    def remove(self, clip_id: str, *, tenant: str, library: str) -> None:
        """It is found no more. Its blob stays: finished videos and other libraries may name it."""
        self._catalogue.remove(tenant, library, clip_id)
        self._index.delete(tenant, library, [clip_id])

    def stats(self, *, tenant: str, library: str) -> LibraryStats:
        return self._catalogue.stats(tenant, library)

    def music(self, *, tenant: str) -> tuple[Track, ...]:
        return self._tracks.all(tenant)

    def music_revision(self) -> str:
        return self._tracks.revision()

    def add_track(self, source: BinaryIO, label: TrackLabel, *, tenant: str) -> Track:
        """`source` is a memory file. The same id again replaces what was there."""
        with self._conversions:
            track = take_in_track(source, label, blobs=self._blobs, limits=self._limits)
        self._tracks.put(tenant, track)
        return track

    def remove_track(self, track_id: str, *, tenant: str) -> None:
        self._tracks.remove(tenant, track_id)

    def sync(self) -> bool:
        """Make the index from the catalogue where it is not whole (a new directory, another embedding, lost data). True where it did."""
        if self._index.count() >= self._catalogue.count():
            return False
        self.rebuild()
        return True

    def rebuild(self) -> None:
        """Clips whose vector is of another embedding are embedded anew, the rest only written."""
        _log.info("index_rebuild", clips=self._catalogue.count())
        self._index.rebuild(entries_of(self._current(self._catalogue.all())))

    def close(self) -> None:
        self._index.close()

    def _current(self, rows: Iterable[Stored]) -> Iterator[Stored]:
        source, wanted = iter(rows), self._embedder.fingerprint
        while batch := list(islice(source, _BATCH)):
            stale = [row for row in batch if row.fingerprint != wanted]
            vectors = vectors_of([row.clip.annotation for row in stale], self._embedder)
            fresh = {id(row): renewed(row, vector, wanted) for row, vector in zip(stale, vectors, strict=True)}
            self._catalogue.set_vectors(list(fresh.values()))
            yield from (fresh.get(id(row), row) for row in batch)

    def _shelf(self, tenant: str, library: str) -> Shelf:
        return Shelf(tenant=tenant, library=library, catalogue=self._catalogue, index=self._index, embedder=self._embedder)


class RemoteLibrary:
    """Over HTTP to the server process: for step workers, which cannot open the index themselves."""

    def __init__(self, client: httpx2.Client) -> None:
        """`client` has the server's base address and token."""
        self._client = client

    def search(self, query: ClipQuery, *, tenant: str, library: str) -> tuple[Found, ...]:
        body = _QUERY.dump_python(query, mode="json")
        answer = self._ask("POST", "/v1/library/query", tenant, json=body, params={"library": library})
        return _FOUND.validate_python(answer["found"])

    def revision(self) -> str:
        found: str = self._ask("GET", "/v1/library/revision", "")["revision"]
        return found

    def clips(self, ids: Sequence[str], *, tenant: str, library: str) -> dict[str, Clip]:
        answer = self._ask("POST", "/v1/library/lookup", tenant, json={"ids": list(ids)}, params={"library": library})
        return _CLIPS.validate_python(answer["clips"])

    def music(self, *, tenant: str) -> tuple[Track, ...]:
        return _TRACKS.validate_python(self._ask("GET", "/v1/music/tracks", tenant)["tracks"])

    def music_revision(self) -> str:
        found: str = self._ask("GET", "/v1/music/revision", "")["revision"]
        return found

    @stamina.retry(on=Unavailable, attempts=3, timeout=15)
    def _ask(self, method: str, path: str, tenant: str, **options: Any) -> Any:
        try:
            answer = self._client.request(method, path, headers={TENANT_HEADER: tenant}, **options)
            body = answer.json()
        except (httpx2.TransportError, ValueError) as error:
            raise Unavailable("the library does not answer", code="library.unavailable") from error
        if answer.is_success:
            return body
        raise error_from(answer.status_code, body)


class FixedLibrary:
    """Always finds the same, but for what is excluded. For tests and tools; remembers what it was asked."""

    def __init__(self, found: Sequence[Found] = (), *, tracks: Sequence[Track] = ()) -> None:
        self._answer, self._tracks = tuple(found), tuple(tracks)
        self.asked: list[ClipQuery] = []

    def search(self, query: ClipQuery, *, tenant: str, library: str) -> tuple[Found, ...]:
        self.asked.append(query)
        return tuple(one for one in self._answer if one.clip.id not in query.exclude)[: query.limit]

    def revision(self) -> str:
        return "fixed"

    def clips(self, ids: Sequence[str], *, tenant: str, library: str) -> dict[str, Clip]:
        return {found.clip.id: found.clip for found in self._answer if found.clip.id in ids}

    def music(self, *, tenant: str) -> tuple[Track, ...]:
        return self._tracks

    def music_revision(self) -> str:
        return "fixed"
