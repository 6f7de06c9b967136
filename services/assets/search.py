"""From a question in words to clips, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.assets import sparse
from services.assets.catalogue.clips import Catalogue, Stored
from services.assets.clip import Clip, language_of
from services.assets.embed.base import TextEmbedder, Vectors
from services.assets.index.base import ClipIndex, Spec

KEYWORD_WEIGHT = 0.5
NARRATION_WEIGHT = 0.25
"""Of their vectors against that of the picture asked for. What is said is often not what is seen."""

_MEANING = 0.7
_WORDS_ALONE = 1.15


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipQuery:
    text: str
    """What should be seen."""
    keywords: tuple[str, ...] = ()
    narration: str = ""
    """What is said over it: counts little, and only by its meaning."""
    with_media: bool = False
    """Only clips that can be shown."""
    exclude: frozenset[str] = frozenset()
    """Clip ids."""
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A clip and why it was found."""

    clip: Clip
    score: float
    """Fused by the index; orders the answer."""
    relevance: float
    """0 to 1, comparable between questions and libraries: what decides whether a clip may be shown."""
    dense: float | None
    """Cosine of the meanings; None where the embedding does not speak the language."""
    sparse: float
    """Share of the question's words that the annotation has."""
    tags: tuple[str, ...]
    """Tags that the question names."""


def search(
    query: ClipQuery, *, tenant: str, library: str, catalogue: Catalogue, index: ClipIndex, embedder: TextEmbedder
) -> tuple[Found, ...]:
    """Best first."""
    words = " ".join((query.text, *query.keywords))
    dense = query_vector(query, embedder)
    spec = Spec(
        tenant=tenant,
        library=library,
        dense=dense,
        sparse=sparse.query_vector(words),
        boosted_tags=sparse.tag_keys(query.text, query.keywords),
        with_media=query.with_media,
        exclude=query.exclude,
        limit=query.limit,
    )
    (hits,) = index.search([spec])
    rows = catalogue.many(tenant, library, [hit.clip_id for hit in hits])
    # A clip that was removed a moment ago may still be in the index.
    return tuple(_found(rows[hit.clip_id], hit.score, words, dense) for hit in hits if hit.clip_id in rows)


def query_vector(query: ClipQuery, embedder: TextEmbedder) -> Vectors | None:
    """One unit vector for picture, keywords and narration; None where the embedding does not speak the question's language."""
    if language_of(query.text) not in embedder.languages:
        return None
    texts = [query.text, ", ".join(query.keywords), query.narration]
    weights = np.array([1.0, KEYWORD_WEIGHT, NARRATION_WEIGHT], np.float32)
    summed: Vectors = weights @ embedder.embed(texts)
    length = float(np.linalg.norm(summed))
    return summed / np.float32(length) if length > 0 else None


def relevance(cosine: float | None, share: float) -> float:
    """How surely a clip shows what was asked for, 0 to 1: meaning and words where both speak, else words alone.

    The weights put the same confidence at the same number in both cases, measured on pairs of captions of the same and of other clips.
    """
    value = _WORDS_ALONE * share if cosine is None else _MEANING * cosine + (1 - _MEANING) * share
    return min(1.0, max(0.0, value))


def _found(row: Stored, score: float, words: str, dense: Vectors | None) -> Found:
    text = row.clip.annotation.text
    cosine = None if dense is None or row.vector is None else float(dense @ row.vector)
    share = sparse.coverage(words, text)
    named = set(sparse.tag_keys(words, ()))
    return Found(
        clip=row.clip,
        score=score,
        relevance=relevance(cosine, share),
        dense=cosine,
        sparse=share,
        tags=tuple(tag for tag in row.clip.annotation.tags if sparse.tag_key(tag) in named),
    )
