"""Pictures at a smaller size, without aliasing: cubic convolution stretched over what becomes one sample, in integers.

Sharper than means of areas (`executors.scaling`), which is what a second encode sees of a picture; and chroma stays where H.264 has it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from services.composition.executors.library import AXIS_LANES, Library
from services.composition.executors.scaling import Taps
from services.composition.planes import Planes

SHARPNESS = -0.6
"""The parameter of the cubic, as FFmpeg's scaler has it."""
_REACH = 2
"""Of the cubic, in samples of the result."""


def shrink(planes: Planes, into: Planes, kernel: Library) -> None:
    """Draw `planes` over `into`, which is not larger either way."""
    for number, (source, target) in enumerate(zip(planes.all(), into.all(), strict=True)):
        chroma = number > 0
        across = reducing(source.shape[1], target.shape[1], left_sited=chroma)
        down = reducing(source.shape[0], target.shape[0], left_sited=False)
        kernel.resample(source, target, (across.start, across.weight), (down.start, down.weight))


@lru_cache(maxsize=32)
def reducing(size: int, count: int, *, left_sited: bool) -> Taps:
    """One axis, `count` samples from `size`.

    Keys, "Cubic convolution interpolation for digital image processing", 1981. Samples that are `left_sited` lie on the left one of the
    two luma columns that they belong to (H.264's default for chroma, across), which is another place in a smaller picture.
    """
    scale = size / count
    at = (np.arange(count) + 0.5) * scale - 0.5 - (scale - 1) / 4 * left_sited
    first = np.ceil(at - _REACH * scale).astype(np.int64)
    sample = first + np.arange(int(np.ceil(2 * _REACH * scale)))[:, None]
    x, a = np.abs(sample - at) / scale, SHARPNESS
    near, far = ((a + 2) * x - (a + 3)) * x * x + 1, ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
    weight = np.where(x < 1, near, np.where(x < _REACH, far, 0.0))
    q15 = np.rint(weight / weight.sum(axis=0) * 32767).astype(np.int16)
    padding = (0, -count % AXIS_LANES)
    return Taps(
        count, np.pad(first.astype(np.int32), padding, mode="edge"), np.ascontiguousarray(np.pad(q15, ((0, 0), padding), mode="edge"))
    )
