"""Colour tables: a `.cube` file that somebody sent is read whole before it is kept, as it is."""

from __future__ import annotations

from typing import BinaryIO

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.blob import BlobRef
from libs.common.media.cube import MOST_BYTES, read_cube

_HEAD_BYTES = 8 << 10
_WORDS = (b"LUT_3D_SIZE", b"LUT_1D_SIZE")


def looks_like_table(source: BinaryIO) -> bool:
    """A size among the first lines, and no byte that text has not. Leaves the file at its start."""
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    source.seek(0)
    return b"\0" not in head and any(word in head for word in _WORDS)


def take_in_table(source: BinaryIO, *, blobs: BlobStore, folder: str) -> BlobRef:
    """Raises InvalidInput or TooLarge with a code that begins with `lut.`; the line is named."""
    source.seek(0)
    data = source.read(MOST_BYTES + 1)
    read_cube(data)
    return store_content(blobs, folder, data, "cube")
