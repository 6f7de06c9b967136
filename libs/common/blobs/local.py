"""Blobs in a directory tree: single-node deployments and the all-in-one mode."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from libs.common.media.errors import InvalidInput, NotFound, StorageFull

PARTIAL = ".partial"
"""Ending of what is still being written; such names are never served."""


class LocalBlobStore:
    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, key: str, data: bytes) -> None:
        with self._writing(key) as target:
            target.write(data)

    def put_file(self, key: str, source: BinaryIO) -> None:
        with self._writing(key) as target:
            shutil.copyfileobj(source, target, 1 << 20)

    def get(self, key: str) -> bytes:
        with self.open(key) as source:
            return source.read()

    def open(self, key: str) -> BinaryIO:
        try:
            return self._path(key).open("rb")
        except (FileNotFoundError, IsADirectoryError):
            raise NotFound(f"no blob {key!r}", code="blob.not_found") from None

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def size(self, key: str) -> int:
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            raise NotFound(f"no blob {key!r}", code="blob.not_found") from None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def keys(self, prefix: str) -> Iterator[str]:
        for path in sorted(self._root.rglob("*")):
            key = path.relative_to(self._root).as_posix()
            if path.is_file() and key.startswith(prefix) and not key.endswith(PARTIAL):
                yield key

    def _path(self, key: str) -> Path:
        path = (self._root / key).resolve()
        if not key or not path.is_relative_to(self._root) or path == self._root or key.endswith(PARTIAL):
            raise InvalidInput(f"key {key!r} is not one of this store", code="blob.bad_key")
        return path

    @contextmanager
    def _writing(self, key: str) -> Iterator[BinaryIO]:
        """A file that gets its final name only when it is whole and on the disk."""
        path = self._path(key)
        partial = path.with_name(f"{path.name}.{uuid.uuid4().hex}{PARTIAL}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with partial.open("xb") as target:
                yield target
                target.flush()
                os.fsync(target.fileno())
            os.replace(partial, path)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            partial.unlink(missing_ok=True)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull("the blob store's disk is full", code="storage.full") from error
            raise
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
