"""The port of the blob store, and content addressing over it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Protocol

from libs.common.documents import content_hash, dump
from libs.common.media.blob import BlobRef

MEDIA_TYPES = {
    "flac": "audio/flac",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "json": "application/json",
    "vtt": "text/vtt",
    "otio": "application/json",
    "cube": "text/plain",
}
"""File extension to MIME type, for all that we store."""


class BlobStore(Protocol):
    """Immutable bytes under a slash-separated key.

    Raises NotFound for a key that is not there, InvalidInput for one that leaves the store, StorageFull where there is no room,
    Unavailable where the store does not answer. A reader sees a whole blob or none; writing the same key again is harmless.
    """

    def put(self, key: str, data: bytes) -> None: ...

    def put_file(self, key: str, source: BinaryIO) -> None:
        """Stream `source` from its current position to its end."""
        ...

    def get(self, key: str) -> bytes: ...

    def open(self, key: str) -> BinaryIO:
        """A seekable reader; reads only what is asked for."""
        ...

    def exists(self, key: str) -> bool: ...

    def size(self, key: str) -> int:
        """Length of the plain bytes."""
        ...

    def delete(self, key: str) -> None:
        """Deleting what is not there is harmless."""
        ...

    def keys(self, prefix: str) -> Iterator[str]: ...


def store_content(blobs: BlobStore, kind: str, data: bytes, ext: str) -> BlobRef:
    """Write `data` under its own hash, unless it is there already."""
    key = f"{kind}/{content_hash(data)}.{ext}"
    if not blobs.exists(key):
        blobs.put(key, data)
    return BlobRef(key=key, size_bytes=len(data), media_type=MEDIA_TYPES[ext])


def document_key(sha256: str) -> str:
    return f"documents/{sha256}.json"


def store_document(blobs: BlobStore, document: object) -> str:
    """Write a document under its own hash, unless it is there. Returns the hash."""
    data = dump(document)
    sha256 = content_hash(data)
    if not blobs.exists(document_key(sha256)):
        blobs.put(document_key(sha256), data)
    return sha256
