"""From a question in words to clips, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.assets import sparse
from services.assets.catalogue.clips import Catalogue, Stored
from services.assets.clip import Clip, language_of
from services.assets.embed.base import TextEmbedder, Vectors
from services.assets.embed.sentences import sentences
from services.assets.index.base import ClipIndex, Spec

KEYWORD_WEIGHT = 0.5
NARRATION_WEIGHT = 0.25
"""Of their vectors against that of the picture asked for. What is said is often not what is seen."""

_MEANING = 0.7
_WORDS_ALONE = 1.15
TAG_WORTH = 0.08
"""Of a keyword that is a tag of the clip: somebody said in one word that this is what it shows."""
_MOST_NAMED = 2
_KEYWORDS_SURENESS = 0.8


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
    parts = _parts(query, embedder)
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
    return tuple(_found(rows[hit.clip_id], hit.score, words, query.keywords, parts) for hit in hits if hit.clip_id in rows)


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


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that would do: a sentence of the question, or its keywords together."""

    text: str
    vector: Vectors | None
    sureness: float = 1.0
    """Of its words: one of three keywords says less than a third of a sentence."""


def _parts(query: ClipQuery, embedder: TextEmbedder) -> tuple[_Part, ...]:
    """A scene may be seen in several ways, a sentence each; a clip fits that fits one of them."""
    texts = [*sentences(query.text), *([", ".join(query.keywords)] if query.keywords else [])]
    understood = language_of(query.text) in embedder.languages
    vectors: list[Vectors | None] = [*embedder.embed(texts)] if understood else [None] * len(texts)
    sureness = [1.0] * len(sentences(query.text)) + [_KEYWORDS_SURENESS] * bool(query.keywords)
    return tuple(_Part(*one) for one in zip(texts, vectors, sureness, strict=True))


def _found(row: Stored, score: float, words: str, keywords: tuple[str, ...], parts: tuple[_Part, ...]) -> Found:
    annotation = row.clip.annotation
    seen: list[tuple[float, float | None, float]] = []
    for part in parts:
        cosine = None if part.vector is None or row.vector is None else float(part.vector @ row.vector)
        share = sparse.coverage(part.text, annotation.text)
        seen.append((relevance(cosine, part.sureness * share), cosine, share))
    best, cosine, share = max(seen, key=lambda one: one[0])
    meant = {sparse.tag_key(word) for word in keywords}
    named = set(sparse.tag_keys(words, ()))
    bonus = TAG_WORTH * min(_MOST_NAMED, sum(sparse.tag_key(tag) in meant for tag in annotation.tags))
    return Found(
        clip=row.clip,
        score=score,
        relevance=min(1.0, best + bonus),
        dense=cosine,
        sparse=share,
        tags=tuple(tag for tag in annotation.tags if sparse.tag_key(tag) in named),
    )
