"""Annotations and media into the library: checked one by one, each with its own answer, and nothing done twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from pydantic import ValidationError

from libs.common.blobs.base import BlobStore
from libs.common.media.errors import InvalidInput, TooLarge
from services.assets import sparse
from services.assets.catalogue.clips import Catalogue, Stored
from services.assets.clip import Annotation, Clip, ClipMedia, Ingested, Outcome, language_of
from services.assets.embed.base import TextEmbedder, Vectors
from services.assets.embed.sentences import sentences
from services.assets.index.base import ClipIndex, Entry
from services.assets.limits import MediaLimits
from services.assets.media import sha256_of, take_in

MOST_LINES = 20_000
"""Of one request."""
LINE_BYTES = 64_000
_BATCH = 128
_NAME_RUBBISH = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    """From 1."""
    value: Any
    """What JSON it holds, or why it holds none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where clips go: one library of one tenant, and what keeps it."""

    tenant: str
    library: str
    catalogue: Catalogue
    index: ClipIndex
    embedder: TextEmbedder


def read_lines(body: bytes) -> list[Line]:
    """A JSON array, or one JSON object a line. Raises InvalidInput (`annotation.unreadable`) or TooLarge (`annotation.too_many`)."""
    if body.lstrip()[:1] == b"[":
        try:
            values = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise InvalidInput(f"no JSON: {error}", code="annotation.unreadable") from error
        lines = [Line(number, value) for number, value in enumerate(values, 1)]
    else:
        lines = [Line(number, _value_of(line)) for number, line in enumerate(body.split(b"\n"), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise TooLarge(f"{len(lines)} lines, {MOST_LINES} are allowed", code="annotation.too_many")
    return lines


def add_annotations(lines: Sequence[Line], shelf: Shelf) -> list[Ingested]:
    """In the order of the lines. What a clip has of media it keeps."""
    answers: dict[int, Ingested] = {}
    wanted: list[tuple[Line, Annotation]] = []
    seen: set[str] = set()
    for line in lines:
        read = read_annotation(line)
        if isinstance(read, Ingested):
            answers[line.number] = read
        elif read.video_id in seen:
            answers[line.number] = _refused(line, "annotation.duplicate_id", "this id stood in an earlier line", "/video_id", read.video_id)
        else:
            seen.add(read.video_id)
            wanted.append((line, read))
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        outcomes = _write([annotation for _, annotation in batch], shelf)
        for (line, annotation), outcome in zip(batch, outcomes, strict=True):
            answers[line.number] = Ingested(id=annotation.video_id, outcome=outcome, line=line.number, ignored=_ignored(line.value))
    return [answers[line.number] for line in lines]


def add_media(
    source: BinaryIO, annotation: Annotation | None, shelf: Shelf, *, name: str, blobs: BlobStore, limits: MediaLimits
) -> Ingested:
    """One file. `name` is what its owner calls it. Raises InvalidInput or TooLarge (`media.…`) where it cannot be used."""
    digest = sha256_of(source)
    said = annotation or Annotation(video_id=f"m-{digest[:16]}", title=_title_of(name))
    stored = shelf.catalogue.many(shelf.tenant, shelf.library, [said.video_id]).get(said.video_id)
    had = stored.clip.media if stored else None
    if had is not None and had.source_sha256 == digest and blobs.exists(had.blob.key):
        media = had
    else:
        before = shelf.catalogue.by_media(shelf.tenant, digest)
        known = before if before is not None and blobs.exists(before.blob.key) else None
        media = known or take_in(source, source_sha256=digest, blobs=blobs, limits=limits)
    (outcome,) = _write([said], shelf, media=media)
    return Ingested(id=said.video_id, outcome=outcome)


def entries_of(rows: Iterable[Stored]) -> Iterable[Entry]:
    """What the index needs to know of clips."""
    for row in rows:
        annotation, media = row.clip.annotation, row.clip.media
        yield Entry(
            tenant=row.tenant,
            library=row.library,
            clip_id=row.clip.id,
            dense=row.vector,
            sparse=sparse.document_vector(annotation.text),
            tags=tuple(dict.fromkeys(sparse.tag_key(tag) for tag in annotation.tags)),
            duration_s=row.clip.duration_s,
            orientation=media.orientation if media else None,
            has_media=media is not None,
        )


def vectors_of(annotations: Sequence[Annotation], embedder: TextEmbedder) -> list[Vectors | None]:
    """Of the sentences that the embedding understands; None for a clip without any."""
    texts = [_understood(annotation.text, embedder) for annotation in annotations]
    vectors = embedder.embed(texts)
    return [vector if text else None for vector, text in zip(vectors, texts, strict=True)]


def _write(annotations: Sequence[Annotation], shelf: Shelf, *, media: ClipMedia | None = None) -> list[Outcome]:
    """The index first: what a crash leaves in it alone is not shown, and sending the lines again mends it."""
    before = shelf.catalogue.many(shelf.tenant, shelf.library, [annotation.video_id for annotation in annotations])
    outcomes: list[Outcome] = []
    changed: list[Annotation] = []
    for annotation in annotations:
        old = before.get(annotation.video_id)
        if old is None:
            outcomes.append(Outcome.created)
        else:
            same = old.clip.annotation == annotation and old.fingerprint == shelf.embedder.fingerprint
            outcomes.append(Outcome.unchanged if same and media in (None, old.clip.media) else Outcome.updated)
        if outcomes[-1] is not Outcome.unchanged:
            changed.append(annotation)
    rows = []
    for annotation, vector in zip(changed, vectors_of(changed, shelf.embedder) if changed else (), strict=True):
        old = before.get(annotation.video_id)
        clip = Clip(annotation=annotation, media=media or (old.clip.media if old else None))
        fingerprint = shelf.embedder.fingerprint
        rows.append(Stored(tenant=shelf.tenant, library=shelf.library, clip=clip, vector=vector, fingerprint=fingerprint))
    if rows:
        shelf.index.upsert(list(entries_of(rows)))
        shelf.catalogue.put(rows)
    return outcomes


def read_annotation(line: Line) -> Annotation | Ingested:
    if isinstance(line.value, InvalidInput):
        return _refused(line, line.value.code, line.value.detail)
    if not isinstance(line.value, dict):
        return _refused(line, "annotation.unreadable", "not a JSON object")
    try:
        return Annotation.model_validate(line.value)
    except ValidationError as error:
        first = error.errors()[0]
        field = "".join(f"/{part}" for part in first["loc"])
        name = line.value.get("video_id")
        return _refused(line, "annotation.invalid", first["msg"], field, name if isinstance(name, str) else None)


def _value_of(line: bytes) -> Any:
    if len(line) > LINE_BYTES:
        return TooLarge(f"longer than {LINE_BYTES} bytes", code="annotation.too_long")
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return InvalidInput(f"no JSON: {error}", code="annotation.unreadable")


def _refused(line: Line, code: str, detail: str, field: str | None = None, name: str | None = None) -> Ingested:
    return Ingested(id=name, outcome=Outcome.refused, line=line.number, code=code, detail=detail, field=field)


def _ignored(value: Any) -> tuple[str, ...]:
    return tuple(sorted(set(value) - Annotation.known_fields())) if isinstance(value, dict) else ()


def _understood(text: str, embedder: TextEmbedder) -> str:
    return "\n".join(part for part in sentences(text) if language_of(part) in embedder.languages)


def _title_of(name: str) -> str:
    """File names often say what is seen."""
    return _NAME_RUBBISH.sub(" ", name.rpartition(".")[0] or name).strip()[:200]


def renewed(row: Stored, vector: Vectors | None, fingerprint: str) -> Stored:
    return replace(row, vector=vector, fingerprint=fingerprint)
