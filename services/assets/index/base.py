"""The port of the clip index. No type of an engine leaves an adapter."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from libs.common.media.errors import Defect

SPARSE_WEIGHT = 0.2
"""Of the mean BM25 score of a query's terms against a cosine; chosen on held-out text."""
TAG_BOOST = 0.05
"""For a clip with one of the wanted tags."""
PREFETCH = 100
"""Candidates of each side before fusion."""
_IDS = uuid.UUID("6d7a2e0c-6f0e-5b52-9c0d-3f5d1f6d7c11")


class Orientation(StrEnum):
    portrait = "portrait"
    square = "square"
    landscape = "landscape"


@dataclass(frozen=True, slots=True)
class Sparse:
    """Term numbers, ascending, and their weights."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A clip as the index knows it."""

    tenant: str
    library: str
    clip_id: str
    dense: NDArray[np.float32] | None
    """Unit vector, or None where the embedding does not speak the clip's language."""
    sparse: Sparse
    tags: tuple[str, ...]
    duration_s: float
    orientation: Orientation | None
    has_media: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What to look for. With neither vector nor terms nothing is found."""

    tenant: str
    library: str
    dense: NDArray[np.float32] | None = None
    sparse: Sparse | None = None
    boosted_tags: tuple[str, ...] = ()
    """A match is worth `TAG_BOOST`; tags never exclude."""
    with_media: bool = False
    at_least_s: float | None = None
    orientation: Orientation | None = None
    exclude: frozenset[str] = frozenset()
    """Clip ids."""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Hit:
    clip_id: str
    score: float
    """cosine + `SPARSE_WEIGHT` x BM25 / terms + `TAG_BOOST` where a tag matches: comparable between queries."""


class ClipIndex(Protocol):
    """Raises Unavailable (`index.unavailable`) where the engine does not answer."""

    def upsert(self, entries: Sequence[Entry]) -> None:
        """Found at once; written before it returns."""
        ...

    def delete(self, tenant: str, library: str, clip_ids: Sequence[str]) -> None: ...

    def search(self, specs: Sequence[Spec]) -> list[list[Hit]]:
        """Best first; equal scores in order of the clip id."""
        ...

    def count(self, *, tenant: str | None = None, library: str | None = None) -> int: ...

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Replace all by `entries`, optimised for reading. Searches go on meanwhile."""
        ...

    def close(self) -> None: ...


def entry_id(tenant: str, library: str, clip_id: str) -> str:
    """Engines take numbers and UUIDs alone, so names become version 5 UUIDs."""
    return str(uuid.uuid5(_IDS, f"{tenant}/{library}/{clip_id}"))


def id_of(entry: Entry) -> str:
    return entry_id(entry.tenant, entry.library, entry.clip_id)


def excluded_ids(spec: Spec) -> list[str]:
    return sorted(entry_id(spec.tenant, spec.library, clip_id) for clip_id in spec.exclude)


def check(entry: Entry) -> None:
    """Engines take NaN and zero vectors without a word. Raises Defect (`index.bad_vector`)."""
    if entry.dense is not None and not (np.isfinite(entry.dense).all() and abs(float(np.linalg.norm(entry.dense)) - 1) < 1e-2):
        raise Defect(f"the vector of {entry.clip_id} is not of unit length", code="index.bad_vector")


def payload_of(entry: Entry) -> dict[str, Any]:
    """What is filtered by; all else about a clip is in the catalogue."""
    return {
        "clip": entry.clip_id,
        "scope": scope_of(entry.tenant, entry.library),
        "tenant": entry.tenant,
        "tags": list(entry.tags),
        "orientation": entry.orientation,
        "has_media": int(entry.has_media),
        "duration_s": entry.duration_s,
    }


def scope_of(tenant: str, library: str) -> str:
    return f"{tenant}/{library}"
