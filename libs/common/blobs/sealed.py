"""Encryption at rest around any blob store: AES-256-GCM in segments, so that a reader may start anywhere.

An object is an envelope (`RSL1`, key id, wrapped data key) and a stream in Tink's AES256-GCM-HKDF streaming format: header
`40 | salt 32 | nonce prefix 7`, then segments with 16 bytes of tag each; nonce = prefix | segment number | 1 on the last segment.
The stream's key is HKDF-SHA256(data key, salt, key of the blob), so a blob that is moved to another name does not open.
"""

from __future__ import annotations

import io
import secrets
import struct
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from libs.common.blobs.base import BlobStore
from libs.common.blobs.keyring import KEY_BYTES, NONCE_BYTES, Keyring
from libs.common.media.errors import Defect

SEGMENT_BYTES = 64 * 1024
"""Of ciphertext: small, because a seek decrypts a whole segment; 16 bytes of tag in 64 KiB cost 0.024 % of space."""
TAG_BYTES = 16
SALT_BYTES = 32
PREFIX_BYTES = 7
HEADER_BYTES = 1 + SALT_BYTES + PREFIX_BYTES
MAGIC = b"RSL1"
KEY_ID_BYTES = 8
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES
ENVELOPE_BYTES = len(MAGIC) + KEY_ID_BYTES + WRAPPED_BYTES
PLAIN_BYTES = SEGMENT_BYTES - TAG_BYTES
FIRST_PLAIN_BYTES = PLAIN_BYTES - HEADER_BYTES


class SealedBlobStore:
    """What goes into `inner` is ciphertext; what comes out of here is plain. Raises Defect (`blob.tampered`) for what does not open."""

    def __init__(self, inner: BlobStore, keyring: Keyring) -> None:
        self._inner = inner
        self._keyring = keyring

    def put(self, key: str, data: bytes) -> None:
        self.put_file(key, io.BytesIO(data))

    def put_file(self, key: str, source: BinaryIO) -> None:
        self._inner.put_file(key, io.BufferedReader(_Sealing(self._seal(key, source)), SEGMENT_BYTES))

    def get(self, key: str) -> bytes:
        with self.open(key) as source:
            return source.read()

    def open(self, key: str) -> BinaryIO:
        inner = self._inner.open(key)
        try:
            envelope = inner.read(ENVELOPE_BYTES)
            if len(envelope) < ENVELOPE_BYTES or not envelope.startswith(MAGIC):
                raise Defect(f"blob {key!r} is not sealed", code="blob.tampered")
            key_id = envelope[len(MAGIC) :][:KEY_ID_BYTES].decode("ascii", "replace")
            data_key = self._keyring.unwrap(key_id, envelope[-WRAPPED_BYTES:], _wrap_context(key))
            return io.BufferedReader(Unsealing(inner, data_key, key.encode(), start=ENVELOPE_BYTES), PLAIN_BYTES)
        except BaseException:
            inner.close()
            raise

    def exists(self, key: str) -> bool:
        return self._inner.exists(key)

    def size(self, key: str) -> int:
        return plain_size(self._inner.size(key) - ENVELOPE_BYTES)

    def delete(self, key: str) -> None:
        self._inner.delete(key)

    def keys(self, prefix: str) -> Iterator[str]:
        return self._inner.keys(prefix)

    def _seal(self, key: str, source: BinaryIO) -> Iterator[bytes]:
        data_key = secrets.token_bytes(KEY_BYTES)
        key_id, wrapped = self._keyring.wrap(data_key, _wrap_context(key))
        yield MAGIC + key_id.encode() + wrapped
        yield from seal_stream(source, data_key, key.encode())


def seal_stream(source: BinaryIO, data_key: bytes, context: bytes) -> Iterator[bytes]:
    """The Tink stream of `source`: header and segments."""
    salt, prefix = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(PREFIX_BYTES)
    cipher = AESGCM(_stream_key(data_key, salt, context))
    yield bytes([HEADER_BYTES]) + salt + prefix
    plain, number = _read_exactly(source, FIRST_PLAIN_BYTES), 0
    while True:
        following = _read_exactly(source, PLAIN_BYTES)
        yield cipher.encrypt(_nonce(prefix, number, last=not following), plain, None)
        if not following:
            return
        plain, number = following, number + 1


def plain_size(stream_bytes: int) -> int:
    """Length of the plain bytes in a stream of this length."""
    segments = max(1, -(-stream_bytes // SEGMENT_BYTES))
    return stream_bytes - HEADER_BYTES - segments * TAG_BYTES


class Unsealing(io.RawIOBase):
    """A seekable reader over a stream that begins at `start` of `inner`. The last segment is opened at once, so that a cut-off stream is
    seen even by a reader that wants the head alone; nothing that does not authenticate is ever handed out."""

    def __init__(self, inner: BinaryIO, data_key: bytes, context: bytes, *, start: int = 0) -> None:
        super().__init__()
        self._inner, self._start = inner, start
        self._stream_bytes = inner.seek(0, io.SEEK_END) - start
        self._size = plain_size(self._stream_bytes)
        self._last = max(1, -(-self._stream_bytes // SEGMENT_BYTES)) - 1
        inner.seek(start)
        header = inner.read(HEADER_BYTES)
        if len(header) < HEADER_BYTES or header[0] != HEADER_BYTES or self._size < 0:
            raise Defect("a sealed stream has no header", code="blob.tampered")
        self._prefix = header[1 + SALT_BYTES :]
        self._cipher = AESGCM(_stream_key(data_key, header[1 : 1 + SALT_BYTES], context))
        self._cached = (-1, b"")
        self._position = 0
        self._segment(self._last)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("cannot seek before the start")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._position >= self._size:
            return 0
        number, offset = divmod(self._position + HEADER_BYTES, PLAIN_BYTES)
        if number == 0:
            offset -= HEADER_BYTES
        piece = self._segment(number)[offset : offset + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()

    def _segment(self, number: int) -> bytes:
        if self._cached[0] != number:
            head = HEADER_BYTES if number == 0 else 0
            self._inner.seek(self._start + number * SEGMENT_BYTES + head)
            sealed = _read_exactly(self._inner, SEGMENT_BYTES - head)
            try:
                plain = self._cipher.decrypt(_nonce(self._prefix, number, last=number == self._last), sealed, None)
            except (InvalidTag, ValueError):
                raise Defect("a sealed blob does not open: damaged, cut off or moved", code="blob.tampered") from None
            self._cached = (number, plain)
        return self._cached[1]


class _Sealing(io.RawIOBase):
    """The pieces of a generator as one readable file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _stream_key(data_key: bytes, salt: bytes, context: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=context).derive(data_key)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


def _wrap_context(key: str) -> bytes:
    return b"reelsmith/data-key/1|" + key.encode()


def _read_exactly(source: BinaryIO, count: int) -> bytes:
    """`count` bytes, fewer only at the end: raw readers may return less than asked."""
    pieces: list[bytes] = []
    while count > 0 and (piece := source.read(count)):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
