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

from services.composition.filters.base import Constant, Picture, halve
from services.composition.planes import KB, KG, KR

Float = NDArray[np.float32]
KEPT_BYTES = 96 << 20
"""Of constants: a full-size map has 8 MiB at 1080x1920."""
STRIP_ROWS = 32
SHRINK_ABOVE = 8.0
"""Pixels of sigma above which a blur is done on a smaller plane."""
CHROMA_OF_LUMA = np.array([[0.5, 0, 0], [0, 0.5, -0.25]])
"""Where a luma sample lies among the chroma samples: these are on the left luma column and between two rows."""
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
            while len(self._kept) > 1 and sum(kept.nbytes for kept in self._kept.values()) > KEPT_BYTES:
                self._kept.popitem(last=False)
        return made

    def blur(self, plane: Float, sigma_x: float, sigma_y: float) -> Float:
        across, down = blur_shrink(sigma_x), blur_shrink(sigma_y)
        if across > 1 or down > 1:
            small = self.shrink(plane, across, down)
            soft = self.blur(small, sigma_x / across, sigma_y / down)
            return self.resize(soft, soft.shape[1] * across, soft.shape[0] * down)[: plane.shape[0], : plane.shape[1]]
        x, y = gauss(sigma_x), gauss(sigma_y)
        return np.asarray(cv2.sepFilter2D(plane, cv2.CV_32F, x, y, borderType=cv2.BORDER_REPLICATE), np.float32)

    def shrink(self, plane: Float, across: int, down: int) -> Float:
        height, width = plane.shape
        padded = np.pad(plane, ((0, -height % down), (0, -width % across)), mode="edge")
        blocks = (padded.shape[1] // across, padded.shape[0] // down)
        return np.asarray(cv2.resize(padded, blocks, interpolation=cv2.INTER_AREA), np.float32)

    def resize(self, plane: Float, width: int, height: int) -> Float:
        return np.asarray(cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)

    def double(self, plane: Float) -> Float:
        size = (plane.shape[1] * 2, plane.shape[0] * 2)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(cv2.warpAffine(plane, CHROMA_OF_LUMA, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32)

    def sample(self, plane: Float, x: Float, y: Float) -> Float:
        return np.asarray(cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)

    def curve(self, plane: Float, knots: tuple[float, ...]) -> Float:
        table = np.asarray(np.interp(np.arange(4097) / 16, np.linspace(0, 256, len(knots)), knots), np.float32)
        return np.asarray(table[np.clip(plane * 16 + 0.5, 0, 4096).astype(np.int32)])

    def lut3d(self, picture: Picture, table: Float) -> Picture:
        """In strips that stay in the cache: colours become places in an atlas of the table's blue layers, which is sampled twice."""
        size = table.shape[0]
        luma = (table @ np.array([KR, KG, KB], np.float32)) * np.float32(219) + np.float32(16)
        chroma = np.stack([_difference(table, 2, KB), _difference(table, 0, KR)], -1)
        small = [halve(picture.y), picture.u, picture.v]
        large = [picture.y, self.double(picture.u), self.double(picture.v)]
        u, v = cv2.split(_looked_up(small, chroma.reshape(size * size, size, 2)))
        return Picture(_looked_up(large, luma.reshape(size * size, size)), u, v, picture.cover)

    def noise(self, height: int, width: int, seed: int) -> Float:
        tile = self.constant(("noise",), noise_tile)
        rng = np.random.default_rng(seed)
        down, across = (int(first) for first in rng.integers(0, NOISE_TILE_PX, 2))
        shifted = np.roll(tile, (-down, -across), (0, 1))
        return np.tile(shifted, (-(-height // NOISE_TILE_PX), -(-width // NOISE_TILE_PX)))[:height, :width]


def _looked_up(planes: list[Float], atlas: Float) -> Float:
    """`atlas` holds the layers of blue one below the other, green downwards and red across."""
    size = atlas.shape[1]
    matrix = _to_table(size)
    out = np.empty((*planes[0].shape, *atlas.shape[2:]), np.float32)
    for first in range(0, out.shape[0], STRIP_ROWS):
        rows = slice(first, first + STRIP_ROWS)
        at = cv2.transform(cv2.merge([np.ascontiguousarray(plane[rows]) for plane in planes]), matrix)
        red, down, blue = (np.asarray(plane, np.float32) for plane in cv2.split(np.clip(at, 0, size - 1, out=at)))
        layer: Float = np.minimum(np.floor(blue), np.float32(size - 2))
        blue -= layer
        layer *= size
        down += layer
        low: Float = np.asarray(cv2.remap(atlas, red, down, cv2.INTER_LINEAR), np.float32)
        down += np.float32(size)
        high: Float = np.asarray(cv2.remap(atlas, red, down, cv2.INTER_LINEAR), np.float32)
        high -= low
        high *= blue if out.ndim == 2 else blue[:, :, None]
        np.add(low, high, out=out[rows])
    return out


def _to_table(size: int) -> Float:
    """From Y'CbCr levels and 1 to places of R'G'B' in a table, 0..size - 1."""
    red, blue = (2 - 2 * KR) / 224, (2 - 2 * KB) / 224
    rows = np.array([[1 / 219, 0, red], [1 / 219, -blue * KB / KG, -red * KR / KG], [1 / 219, blue, 0]])
    return np.asarray(np.column_stack([rows, -rows @ (16, 128, 128)]) * (size - 1), np.float32)


def _difference(table: Float, channel: int, weight: float) -> Float:
    """The chroma plane of a table's colours: `channel` less luma, as levels."""
    luma = table @ np.array([KR, KG, KB], np.float32)
    return np.asarray((table[..., channel] - luma) * np.float32(224 / (2 - 2 * weight)) + 128, np.float32)


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
