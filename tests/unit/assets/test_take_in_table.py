"""Colour tables that are sent."""

import io

import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.errors import InvalidInput
from services.assets.take_in_table import looks_like_table, take_in_table

TABLE = b"# graded on a Tuesday\nLUT_1D_SIZE 2\n0 0 0\n1 1 1\n"


def test_a_table_is_told_from_media():
    assert looks_like_table(io.BytesIO(TABLE))
    assert not looks_like_table(io.BytesIO(b"\x89PNG\r\n\x1a\n\0\0LUT_3D_SIZE"))
    assert not looks_like_table(io.BytesIO(b"a letter"))
    assert not looks_like_table(io.BytesIO(b""))


def test_a_table_is_kept_as_it_is_under_its_hash():
    blobs = MemoryBlobStore()
    blob = take_in_table(io.BytesIO(TABLE), blobs=blobs, folder="uploads")
    assert blobs.get(blob.key) == TABLE
    assert (blob.key.partition("/")[0], blob.key.rpartition(".")[2], blob.media_type) == ("uploads", "cube", "text/plain")
    assert take_in_table(io.BytesIO(TABLE), blobs=blobs, folder="uploads") == blob


def test_a_broken_table_is_refused_and_not_kept():
    blobs = MemoryBlobStore()
    with pytest.raises(InvalidInput) as refused:
        take_in_table(io.BytesIO(TABLE.replace(b"1 1 1", b"1 1 nan")), blobs=blobs, folder="uploads")
    assert (refused.value.code, "line 4" in refused.value.detail) == ("lut.bad_number", True)
    assert list(blobs.keys("")) == []
