"""Cuts by eye: at which frame of a finished file each scene really begins, by its picture."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, BinaryIO

import numpy as np
from av import VideoFrame
from av.container import InputContainer
from numpy.typing import NDArray

from libs.common.blobs.base import BlobStore
from libs.common.media.errors import Defect
from libs.common.media.render import Segment
from libs.common.runtime.containers import open_input

Thumbnail = NDArray[np.float32]
_CELLS = 24
"""Each way."""
_REACH = 3
"""Frames before and behind its place in which a scene's first picture is looked for."""
_ALIKE = 4.0
"""Mean difference of two thumbnails in levels of 255 that another size and encoder make at most."""
_NO_BETTER = 0.5
"""A still scene looks the same for many frames: another place has to fit better by this much."""


def cut_error_ms(video: BinaryIO, segments: tuple[Segment, ...], starts: tuple[int, ...], *, rate: Fraction, blobs: BlobStore) -> float:
    """Largest distance of a scene's first picture from its planned frame, in milliseconds.

    A file that was joined from the segments has their very packets: where the first one of a scene lies on its frame, byte for byte,
    nothing is decoded. Raises Defect (`publish.cut`) where a scene's first picture is not to be seen near its place.
    """
    errors = [Fraction(0)]
    with open_input(video, name="the finished file") as container:
        for segment, start in zip(segments, starts, strict=True):
            if _packet_at(container, start, rate) in {_first_packet(blob.key, blobs=blobs) for blob in segment.videos}:
                continue
            with blobs.open(segment.video.key) as blob, open_input(blob, name=segment.video.key) as own:
                wanted = _thumbnail(next(own.decode(video=0)))
            errors.append(abs(_found(container, wanted, start, rate) - start) / rate)
    return float(1000 * max(errors))


def _packet_at(container: InputContainer, start: int, rate: Fraction) -> bytes | None:
    """The key frame's packet that is shown at frame `start`; None where there is none."""
    stream = container.streams.video[0]
    assert stream.time_base is not None
    container.seek(int(start / rate / stream.time_base), stream=stream, backward=True)
    packet = next((found for found in container.demux(stream) if found.size), None)
    if packet is None or packet.pts is None or not packet.is_keyframe or packet.pts * stream.time_base * rate != start:
        return None
    return bytes(packet)


def _first_packet(key: str, *, blobs: BlobStore) -> bytes:
    with blobs.open(key) as blob, open_input(blob, name=key) as own:
        return bytes(next(packet for packet in own.demux(own.streams.video[0]) if packet.size))


def _found(container: InputContainer, wanted: Thumbnail, start: int, rate: Fraction) -> int:
    """The frame around `start` that shows `wanted`. Where the planned one does, no other is decoded."""
    planned = next((unlike for number, unlike in _unlike(container, wanted, start, start, rate) if number == start), None)
    if planned is not None and planned < _NO_BETTER:
        return start
    around = dict(_unlike(container, wanted, max(0, start - _REACH), start + _REACH, rate))
    if not around or min(around.values()) > _ALIKE:
        raise Defect(f"the first picture of the scene at frame {start} is not there", code="publish.cut")
    best = min(around, key=lambda number: (around[number], abs(number - start)))
    return start if around.get(start, np.inf) <= around[best] + _NO_BETTER else best


def _unlike(container: InputContainer, wanted: Thumbnail, first: int, last: int, rate: Fraction) -> Iterator[tuple[int, float]]:
    """Number of each frame from `first` to `last`, and how far it is from `wanted`."""
    stream = container.streams.video[0]
    assert stream.time_base is not None
    container.seek(int(first / rate / stream.time_base), stream=stream, backward=True)
    for frame in container.decode(stream):
        assert frame.pts is not None
        number = round(frame.pts * stream.time_base * rate)
        if number > last:
            return
        if number >= first:
            yield number, float(np.abs(_thumbnail(frame) - wanted).mean())


def _thumbnail(frame: VideoFrame) -> Thumbnail:
    """Means of the luma over a grid of equal cells, whatever the file's size: a scaler's own filter would tell sizes apart."""
    plane = frame.planes[0]  # as stored: a conversion to grey would stretch it by what the file says of its range
    luma = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width].astype(np.float32)
    return np.asarray(_means(_means(luma).T).T, np.float32)


def _means(rows: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """The rows as `_CELLS` rows: cells may end inside a row."""
    below = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)])
    edges = np.linspace(0, rows.shape[0], _CELLS + 1)
    whole = np.minimum(edges.astype(int), rows.shape[0] - 1)
    inside = (edges - whole)[:, np.newaxis]
    sums = below[whole] * (1 - inside) + below[whole + 1] * inside
    return np.asarray(np.diff(sums, axis=0) * _CELLS / rows.shape[0])
