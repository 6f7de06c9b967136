"""The poster: the sharpest well-lit picture of the opening that is not in the middle of a transition."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from typing import BinaryIO

import av
import numpy as np
from av.video.reformatter import Colorspace
from numpy.typing import NDArray
from PIL import Image

from libs.common.media.errors import Defect
from libs.common.media.timeline import Cut
from libs.common.runtime.containers import open_input

_OPENING_S = 12
"""Only so much of the video is looked at."""
_QUALITY = 90


def poster_jpeg(video: BinaryIO, cuts: tuple[Cut, ...]) -> bytes:
    """JPEG, quality 90, in the size of the video."""
    _, frame = best_frame(video, cuts)
    pixels = frame.reformat(format="rgb24", src_colorspace=Colorspace.ITU709, threads=1).to_ndarray()
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "JPEG", quality=_QUALITY, optimize=True)
    return target.getvalue()


def best_frame(video: BinaryIO, cuts: tuple[Cut, ...]) -> tuple[int, av.VideoFrame]:
    """Number and picture. Key frames alone are looked at, and the middle of the first scene: the rest need not be decoded."""
    blocked = transition_frames(cuts)
    middle = cuts[0].length // 2
    best: tuple[float, int, av.VideoFrame] | None = None
    for number, frame in _candidates(video, middle, cuts[0].canvas.rate):
        if number not in blocked:
            merit = score(np.asarray(frame.reformat(format="gray", threads=1).to_ndarray(), np.uint8))
            if best is None or merit > best[0]:
                best = (merit, number, frame)
    if best is None:
        raise Defect("the master has no frame for a poster", code="publish.poster")
    return best[1:]


def transition_frames(cuts: tuple[Cut, ...]) -> frozenset[int]:
    """Numbers of the frames in which two clips are mixed."""
    frames: set[int] = set()
    start = 0
    for cut in cuts:
        if cut.transition is not None:
            frames |= set(range(start, start + cut.transition.length))
        start += cut.length
    return frozenset(frames)


def score(luma: NDArray[np.uint8]) -> float:
    """Sharpness (standard deviation of the Laplacian) times a weight for brightness: 1 at mid-grey, little for near black or white."""
    values = luma.astype(np.float32)
    laplacian = values[1:-1, :-2] + values[1:-1, 2:] + values[:-2, 1:-1] + values[2:, 1:-1] - 4 * values[1:-1, 1:-1]
    lit = 1 - min(1.0, abs(float(values.mean()) - 118) / 118)
    # The square root keeps a grid of fine print from beating every photograph.
    return float(np.sqrt(laplacian.std())) * (0.15 + lit)


def _candidates(video: BinaryIO, middle: int, rate: Fraction) -> Iterator[tuple[int, av.VideoFrame]]:
    """Frame number and frame: the key frames of the opening, then the middle of the first scene."""
    video.seek(0)
    with open_input(video, name="the master") as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        for frame in container.decode(stream):
            number = _number(frame, rate)
            if number > _OPENING_S * rate:
                break
            yield number, frame
    video.seek(0)
    with open_input(video, name="the master") as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        container.seek(int(middle / rate / stream.time_base), stream=stream, backward=True)
        for frame in container.decode(stream):
            if _number(frame, rate) == middle:
                yield middle, frame
                return


def _number(frame: av.VideoFrame, rate: Fraction) -> int:
    if frame.pts is None or frame.time_base is None:
        raise Defect("a frame of the master has no time", code="publish.poster")
    return int(frame.pts * frame.time_base * rate)
