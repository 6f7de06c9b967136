"""Finished work is found again by what decided it: stage, version, key, salt and the hashes of all inputs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import structlog

from libs.common import documents
from libs.common.blobs.base import BlobStore, document_key
from libs.common.jobs.base import DocumentRow, JobStore
from libs.common.media.blob import BlobRef
from libs.common.media.errors import Defect, InvalidInput, NotFound
from libs.common.pipeline import Stage

_log = structlog.get_logger("reelsmith.reuse")

TAMPERED = "blob.tampered"
"""What the sealed store says of a blob that does not open."""


def input_hash(stage: Stage, key: str, inputs: tuple[tuple[DocumentRow, ...], ...], *, salt: str, tenant: str) -> str:
    """The key is part of it because renditions read the same documents; the tenant, because nobody shall learn from a quick answer what
    another one has made."""
    parts = [stage.name, stage.version, key, salt, tenant, [[row.sha256 for row in rows] for rows in inputs]]
    return documents.content_hash(json.dumps(parts).encode())


def find_earlier(stage: Stage, input_sha256: str, *, jobs: JobStore, blobs: BlobStore) -> tuple[str, object] | None:
    """The document that equal inputs gave before, with its hash; None where it, or a blob that it names, is gone or cannot be read.

    A damaged document is deleted: whoever makes it anew would take it for written otherwise."""
    sha256 = jobs.memo(stage=stage.name, input_sha256=input_sha256)
    if sha256 is None:
        return None
    try:
        data = _intact(sha256, blobs)
        document: object = documents.load(stage.writes, data)
    except (NotFound, InvalidInput):
        return None
    except Defect as error:
        if error.code != TAMPERED:
            raise
        _log.warning("memo_damaged", stage=stage.name, sha256=sha256, detail=error.detail)
        blobs.delete(document_key(sha256))
        return None
    return (sha256, document) if all(blobs.exists(ref.key) for ref in blob_refs(document)) else None


def _intact(sha256: str, blobs: BlobStore) -> bytes:
    """Raises Defect (`blob.tampered`) where the bytes are not those that were stored under this hash."""
    data = blobs.get(document_key(sha256))
    if documents.content_hash(data) != sha256:
        raise Defect(f"document {sha256} has another hash than its name", code=TAMPERED)
    return data


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
