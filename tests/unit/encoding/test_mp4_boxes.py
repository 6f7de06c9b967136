import io
import struct

import pytest

from libs.common.media.errors import InvalidInput
from services.encoding.mp4 import index_is_first, top_level_boxes


def box(kind: bytes, payload: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(payload), kind) + payload


def test_boxes_are_listed_in_file_order_with_long_lengths():
    long = struct.pack(">I4sQ", 1, b"mdat", 16 + 5) + b"12345"

    assert top_level_boxes(io.BytesIO(box(b"ftyp", b"isom") + box(b"moov") + long)) == ("ftyp", "moov", "mdat")


def test_the_index_is_first_only_if_it_lies_before_the_media():
    assert index_is_first(io.BytesIO(box(b"ftyp") + box(b"moov") + box(b"mdat")))
    assert not index_is_first(io.BytesIO(box(b"ftyp") + box(b"mdat") + box(b"moov")))


@pytest.mark.parametrize("data", [b"\0\0\0\x20moov", b"\0\0\0\x04moov", b"abc", struct.pack(">I4sQ", 1, b"mdat", 99)])
def test_boxes_that_do_not_fit_the_file_are_refused(data: bytes):
    with pytest.raises(InvalidInput):
        top_level_boxes(io.BytesIO(data))
