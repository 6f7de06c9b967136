"""Finished work is found again by what decided it: stage, version, key, salt and the hashes of all inputs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from libs.common import documents
from libs.common.blobs.base import BlobStore
from libs.common.jobs.base import DocumentRow, JobStore
from libs.common.media.blob import BlobRef
from libs.common.media.errors import InvalidInput, NotFound
from libs.common.pipeline import Stage
from libs.common.runtime.step_context import document_key


def input_hash(stage: Stage, key: str, inputs: tuple[tuple[DocumentRow, ...], ...], *, salt: str, tenant: str) -> str:
    """The key is part of it because renditions read the same documents; the tenant, because nobody shall learn from a quick answer what
    another one has made."""
    parts = [stage.name, stage.version, key, salt, tenant, [[row.sha256 for row in rows] for rows in inputs]]
    return documents.content_hash(json.dumps(parts).encode())


def find_earlier(stage: Stage, input_sha256: str, *, jobs: JobStore, blobs: BlobStore) -> tuple[str, object] | None:
    """The document that equal inputs gave before, with its hash; None where it, or a blob that it names, is gone or cannot be read."""
    sha256 = jobs.memo(stage=stage.name, input_sha256=input_sha256)
    if sha256 is None:
        return None
    try:
        document: object = documents.load(stage.writes, blobs.get(document_key(sha256)))
    except (NotFound, InvalidInput):
        return None
    return (sha256, document) if all(blobs.exists(ref.key) for ref in blob_refs(document)) else None


def blob_refs(value: object) -> Iterator[BlobRef]:
    """Every blob that a document names, however deep."""
    if isinstance(value, BlobRef):
        yield value
    elif is_dataclass(value):
        for part in fields(value):
            yield from blob_refs(getattr(value, part.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from blob_refs(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from blob_refs(item)
