"""Blobs in an S3 bucket (or what speaks like one)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import BaseError, InvalidPathError, NotFoundError
from obstore.store import S3Store

from libs.common.media.errors import InvalidInput, NotFound, Unavailable


class S3BlobStore:
    def __init__(self, store: S3Store) -> None:
        self._store = store

    @classmethod
    def from_url(cls, url: str) -> S3BlobStore:
        """`s3://bucket/prefix?endpoint=https://host&region=name`; credentials come from the AWS_* environment.

        An endpoint with `http://` is accepted as it stands: on a private network the operator decides.
        """
        parts = urlsplit(url)
        if parts.scheme != "s3" or not parts.netloc:
            raise InvalidInput(f"{url!r} is not an address like s3://bucket/prefix", code="storage.bad_url")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        endpoint = query.get("endpoint")
        return cls(
            S3Store(
                parts.netloc,
                prefix=parts.path.strip("/") or None,
                endpoint=endpoint,
                region=query.get("region", "us-east-1"),
                client_options={"allow_http": endpoint is not None and endpoint.startswith("http://"), "timeout": "60s"},
                retry_config={"max_retries": 3},
            )
        )

    def put(self, key: str, data: bytes) -> None:
        with _translated(key):
            obstore.put(self._store, key, data)

    def put_file(self, key: str, source: BinaryIO) -> None:
        with _translated(key):
            obstore.put(self._store, key, iter(lambda: source.read(1 << 20), b""))

    def get(self, key: str) -> bytes:
        with _translated(key):
            return bytes(obstore.get(self._store, key).bytes())

    def open(self, key: str) -> BinaryIO:
        with _translated(key):
            return io.BufferedReader(_RangeReader(self._store, key, self.size(key)), 256 * 1024)

    def exists(self, key: str) -> bool:
        try:
            self.size(key)
        except NotFound:
            return False
        return True

    def size(self, key: str) -> int:
        with _translated(key):
            return int(obstore.head(self._store, key)["size"])

    def delete(self, key: str) -> None:
        try:
            with _translated(key):
                obstore.delete(self._store, key)
        except NotFound:
            return

    def keys(self, prefix: str) -> Iterator[str]:
        """S3 lists whole path parts alone, so the rest of `prefix` is compared here."""
        with _translated(prefix):
            for batch in obstore.list(self._store, prefix.rpartition("/")[0] or None):
                yield from (found["path"] for found in batch if found["path"].startswith(prefix))


class _RangeReader(io.RawIOBase):
    """A seekable reader that asks for the ranges it is asked for."""

    def __init__(self, store: S3Store, key: str, size: int) -> None:
        super().__init__()
        self._store, self._key, self._size, self._position = store, key, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        count = min(len(buffer), self._size - self._position)
        if count <= 0:
            return 0
        with _translated(self._key):
            piece = obstore.get_range(self._store, self._key, start=self._position, length=count)
        buffer[:count] = memoryview(piece)
        self._position += count
        return count


@contextmanager
def _translated(key: str) -> Iterator[None]:
    try:
        yield
    except (NotFoundError, FileNotFoundError):
        raise NotFound(f"no blob {key!r}", code="blob.not_found") from None
    except InvalidPathError as error:
        raise InvalidInput(f"key {key!r} is not one of this store", code="blob.bad_key") from error
    except BaseError as error:
        raise Unavailable("the object store does not answer", code="storage.down") from error
