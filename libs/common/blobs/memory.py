"""Blobs in a dictionary: for tests and tools."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from libs.common.media.errors import NotFound


class MemoryBlobStore:
    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}

    def put(self, key: str, data: bytes) -> None:
        self._blobs[key] = bytes(data)

    def put_file(self, key: str, source: BinaryIO) -> None:
        self.put(key, source.read())

    def get(self, key: str) -> bytes:
        try:
            return self._blobs[key]
        except KeyError:
            raise NotFound(f"no blob {key!r}", code="blob.not_found") from None

    def open(self, key: str) -> BinaryIO:
        return io.BytesIO(self.get(key))

    def exists(self, key: str) -> bool:
        return key in self._blobs

    def size(self, key: str) -> int:
        return len(self.get(key))

    def delete(self, key: str) -> None:
        self._blobs.pop(key, None)

    def keys(self, prefix: str) -> Iterator[str]:
        return iter(sorted(key for key in self._blobs if key.startswith(prefix)))
