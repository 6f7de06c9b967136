"""`Ops` on numpy arrays, with OpenCV for what it does best."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from services.composition.filters.base import Constant, Picture
from services.composition.planes import KB, KG, KR

Float = NDArray[np.float32]
KEPT = 256
SHRINK_ABOVE = 8.0
"""Pixels of sigma above which a blur is done on a smaller plane."""
NOISE_TILE_PX = 769
"""A prime, so that the repeat of the tile does not fall on the encoder's blocks."""


class NumpyOps:
    """One for each process; its constants may be used from several threads."""

    xp: Any = np

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Float] = OrderedDict()
        self._lock = Lock()

    def constant(self, key: Hashable, make: Callable[[], Constant]) -> Float:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def blur(self, plane: Float, sigma_x: float, sigma_y: float) -> Float:
        across, down = blur_shrink(sigma_x), blur_shrink(sigma_y)
        if across > 1 or down > 1:
            small = self.shrink(plane, across, down)
            return self.resize(self.blur(small, sigma_x / across, sigma_y / down), plane.shape[1], plane.shape[0])
        x, y = gauss(sigma_x), gauss(sigma_y)
        return np.asarray(cv2.sepFilter2D(plane, cv2.CV_32F, x, y, borderType=cv2.BORDER_REPLICATE), np.float32)

    def shrink(self, plane: Float, across: int, down: int) -> Float:
        height, width = plane.shape
        padded = np.pad(plane, ((0, -height % down), (0, -width % across)), mode="edge")
        blocks = (padded.shape[1] // across, padded.shape[0] // down)
        return np.asarray(cv2.resize(padded, blocks, interpolation=cv2.INTER_AREA), np.float32)

    def resize(self, plane: Float, width: int, height: int) -> Float:
        return np.asarray(cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)

    def sample(self, plane: Float, x: Float, y: Float) -> Float:
        return np.asarray(cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)

    def curve(self, plane: Float, knots: tuple[float, ...]) -> Float:
        table = np.asarray(np.interp(np.arange(4097) / 16, np.linspace(0, 256, len(knots)), knots), np.float32)
        return np.asarray(table[np.clip(plane * 16 + 0.5, 0, 4096).astype(np.int32)])

    def lut3d(self, picture: Picture, table: Float) -> Picture:
        """Tetrahedral would be a little quicker; trilinear is what the format's readers agree on."""
        size = table.shape[0]
        u, v = (self.resize(plane, picture.width, picture.height) - 128 for plane in (picture.u, picture.v))
        y = (picture.y - 16) * np.float32(1 / 219)
        red, blue = y + v * np.float32((2 - 2 * KR) / 224), y + u * np.float32((2 - 2 * KB) / 224)
        green = (y - KR * red - KB * blue) * np.float32(1 / KG)
        at = [np.clip(c, 0, 1) * np.float32(size - 1) for c in (red, green, blue)]
        low = [np.minimum(a.astype(np.int32), size - 2) for a in at]
        part = [a - b for a, b in zip(at, low, strict=True)]
        flat = table.reshape(-1, 3)
        base = (low[2] * size + low[1]) * size + low[0]
        out = np.zeros((*picture.y.shape, 3), np.float32)
        for corner in range(8):
            bits = [corner >> axis & 1 for axis in range(3)]
            shares = [p if bit else 1 - p for p, bit in zip(part, bits, strict=True)]
            weight = shares[0] * shares[1] * shares[2]
            out += flat[base + (bits[2] * size + bits[1]) * size + bits[0]] * weight[:, :, None]
        red, green, blue = (out[:, :, axis] for axis in range(3))
        luma = red * np.float32(KR) + green * np.float32(KG) + blue * np.float32(KB)
        small = (picture.u.shape[1], picture.u.shape[0])
        shifted = ((blue - luma) * np.float32(224 / (2 - 2 * KB)) + 128, (red - luma) * np.float32(224 / (2 - 2 * KR)) + 128)
        half = [np.asarray(cv2.resize(plane, small, interpolation=cv2.INTER_AREA), np.float32) for plane in shifted]
        return Picture(luma * np.float32(219) + 16, half[0], half[1], picture.cover)

    def noise(self, height: int, width: int, seed: int) -> Float:
        tile = self.constant(("noise",), noise_tile)
        rng = np.random.default_rng(seed)
        down, across = (int(first) for first in rng.integers(0, NOISE_TILE_PX, 2))
        rows, columns = ((np.arange(count) + first) % NOISE_TILE_PX for count, first in ((height, down), (width, across)))
        return tile[rows[:, None], columns[None, :]]


def blur_shrink(sigma: float) -> int:
    """By how much an axis is shrunk before it is blurred: a power of two that brings sigma to 8 or below."""
    return 1 if sigma <= SHRINK_ABOVE else 2 ** math.ceil(math.log2(sigma / SHRINK_ABOVE))


def gauss(sigma: float) -> Float:
    """Weights of a Gaussian out to 3 sigma; `[1]` for none."""
    if sigma <= 0:
        return np.ones(1, np.float32)
    reach = max(1, math.ceil(3 * sigma))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    return np.asarray(weights / weights.sum(), np.float32)


def noise_tile() -> Constant:
    return np.asarray(np.random.default_rng(20_260).standard_normal((NOISE_TILE_PX, NOISE_TILE_PX)), np.float32)
