"""What all our MP4 files have in common: index first, exact durations, the label where one is due."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from av.container import OutputContainer

from libs.common.media.errors import InvalidInput
from libs.common.media.time import SAMPLE_RATE_HZ
from libs.common.runtime.containers import open_output
from services.encoding.labels import write_aigc


@contextmanager
def writing(target: BinaryIO, *, aigc: str | None) -> Iterator[OutputContainer]:
    """An MP4 for the outside, written to memory.

    The movie's time scale is the sample rate, on which every frame and every sample has a whole number: with the usual 1000 the edit
    lists would be rounded to milliseconds.
    """
    flags = "faststart" if aigc is None else "faststart+use_metadata_tags"
    container = open_output(target, options={"movflags": flags, "movie_timescale": str(SAMPLE_RATE_HZ)})
    with container:
        if aigc is not None:
            write_aigc(container, aigc)
        yield container


def top_level_boxes(source: BinaryIO) -> tuple[str, ...]:
    """Kinds of the outermost boxes in file order (ISO/IEC 14496-12, 4.2). Raises InvalidInput where the lengths do not add up."""
    end = source.seek(0, 2)
    position, kinds = 0, []
    while position < end:
        source.seek(position)
        head = source.read(16)
        size, kind = struct.unpack(">I4s", head[:8]) if len(head) >= 8 else (0, b"")
        if size == 1 and len(head) == 16:
            (size,) = struct.unpack(">Q", head[8:])
        if size < 8 or position + size > end:
            raise InvalidInput("the MP4's boxes do not fit its length", code="media.unreadable")
        kinds.append(kind.decode("latin-1"))
        position += size
    return tuple(kinds)


def index_is_first(source: BinaryIO) -> bool:
    """Whether a player can start before it has the whole file."""
    kinds = top_level_boxes(source)
    return "moov" in kinds and "mdat" in kinds and kinds.index("moov") < kinds.index("mdat")
