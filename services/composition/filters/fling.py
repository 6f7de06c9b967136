"""A picture flung about, with itself mirrored beyond its edges, so that no corner is empty."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from services.composition.filters.base import Array, Constant, Ops, Picture

CELL = 8
"""The place is computed once for a cell of this many samples a side and is straight between, which is exact."""


@dataclass(frozen=True, slots=True)
class Fling:
    """Turned about the middle, clockwise, zoomed in, and moved by up to its own size."""

    angle_deg: float = 0.0
    zoom: float = 1.0
    shift_x_px: float = 0.0
    """To the right."""
    shift_y_px: float = 0.0
    """Downwards."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        luma, chroma = self._places(picture, ops, 1), self._places(picture, ops, 2)
        cover = None if picture.cover is None else ops.sample(picture.cover, *luma)
        return Picture(ops.sample(picture.y, *luma), ops.sample(picture.u, *chroma), ops.sample(picture.v, *chroma), cover)

    def _places(self, picture: Picture, ops: Ops, pitch: int) -> tuple[Array, Array]:
        """Where each sample of a plane is fetched from, in samples of that plane; `pitch` 2 is chroma's, which sits on the left luma column
        and between two rows."""
        turn = math.radians(self.angle_deg)
        cos, sin = math.cos(turn) / self.zoom, math.sin(turn) / self.zoom
        middle_x, middle_y = (picture.width - 1) / 2, (picture.height - 1) / 2
        width, height = picture.width // pitch, picture.height // pitch
        below = 0.5 if pitch == 2 else 0.0
        across = ops.constant(("fling across", width, pitch), lambda: _cells(width)[None, :] * pitch) - (middle_x + self.shift_x_px)
        down = ops.constant(("fling down", height, pitch), lambda: _cells(height)[:, None] * pitch) + (below - middle_y - self.shift_y_px)
        x, y = across * cos + down * sin + middle_x, down * cos - across * sin + middle_y
        size = (across.shape[1] * CELL, down.shape[0] * CELL)
        x, y = (ops.resize(at, *size)[CELL : CELL + height, CELL : CELL + width] for at in (x, y))
        return _mirrored(x * (1 / pitch), width, ops), _mirrored((y - below) * (1 / pitch), height, ops)


def _cells(count: int) -> Constant:
    """Middles of the cells that cover `count` samples, and of one more on each side."""
    cells = math.ceil(count / CELL)
    return ((np.arange(-1, cells + 1) + 0.5) * CELL - 0.5).astype(np.float32)


def _mirrored(at: Array, count: int, ops: Ops) -> Array:
    """Brought back into the plane from up to its own size outside."""
    last = count - 1
    return last - ops.xp.abs(last - ops.xp.abs(at))
