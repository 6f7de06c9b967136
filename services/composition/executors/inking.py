"""Drawings to ink, in integers: by the compiled kernel where it is loaded, by numpy else, with the same bytes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from services.composition.executors.base import Patch
from services.composition.executors.library import Library
from services.composition.planes import RGBA_TO_YUV, Plane, Planes

Rgba = NDArray[np.uint8]
"""(height, width, 4), premultiplied."""
Wide = NDArray[np.int32]

WEIGHTS: Wide = np.rint(RGBA_TO_YUV.astype(np.float64) * 65536).astype(np.int32)


def ink_of(rgba: Rgba, left: int, top: int) -> Patch:
    """Even sides, even place."""
    kernel = Library.loaded
    return _by_numpy(rgba, left, top) if kernel is None else _by_kernel(kernel, rgba, left, top)


def lay_under(rgba: Rgba, shadow: Plane, strength: float, colour: tuple[int, int, int]) -> None:
    """A shadow or glow, given by its alpha, under what is drawn, in place."""
    kernel = Library.loaded
    if kernel is not None:
        kernel.under(rgba, shadow, round(strength * 256), colour)
        return
    alpha = rgba[:, :, 3]
    dark = np.minimum(shadow.astype(np.uint16) * np.uint16(round(strength * 256)) // 256, 255) * (255 - alpha.astype(np.uint16)) // 255
    for channel, level in enumerate(colour):
        if level:
            rgba[:, :, channel] += (dark * np.uint16(level) // 255).astype(np.uint8)
    alpha += dark.astype(np.uint8)


def _by_kernel(kernel: Library, rgba: Rgba, left: int, top: int) -> Patch:
    height, width = rgba.shape[:2]
    y, keep = np.empty((height, width), np.uint8), np.empty((height, width), np.uint8)
    u, v, keep_half = (np.empty((height // 2, width // 2), np.uint8) for _ in range(3))
    kernel.ink(rgba, WEIGHTS, y, u, v, keep, keep_half)
    return Patch(left, top, Planes(y, u, v), keep, keep_half)


def _by_numpy(rgba: Rgba, left: int, top: int) -> Patch:
    wide = rgba.astype(np.int32)
    y = _bytes((wide @ WEIGHTS[0] + (1 << 15)) >> 16)
    sums = _sums(wide)
    u, v = (_bytes((sums @ weights + (1 << 18)) >> 19) for weights in WEIGHTS[1:])
    keep_half = (8 * 255 - sums[:, :, 3] + 4) >> 3
    return Patch(left, top, Planes(y, u, v), (255 - rgba[:, :, 3]).astype(np.uint8), keep_half.astype(np.uint8))


def _sums(wide: Wide) -> Wide:
    """Of the pixels around each chroma sample, weights 1 2 1 across and 1 1 down, which are 8 in all."""
    rows = wide[0::2] + wide[1::2]
    before = np.concatenate([rows[:, :1], rows[:, 1:-1:2]], axis=1)
    return np.asarray(before + 2 * rows[:, 0::2] + rows[:, 1::2], np.int32)


def _bytes(values: Wide) -> Plane:
    return np.clip(values, 0, 255).astype(np.uint8)
