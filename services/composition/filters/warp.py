"""Pictures bent and turned: every pixel is fetched from somewhere else."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from services.composition.filters.base import Array, Constant, Ops, Picture

CELL = 8
"""A warp is computed once for a cell of this many samples a side and is straight between; exact for whatever is affine."""

Where = Callable[[Array, Array], tuple[Array, Array]]
"""From a row and a column of places, in luma samples, to where their pixels are fetched: two arrays of the shape of both."""


def warp(picture: Picture, ops: Ops, where: Where, *, mirrored: bool = False) -> Picture:
    """`where` has to be smooth. Outside the picture its edge is repeated or, `mirrored`, the picture itself, up to its own size."""
    width, height = picture.width, picture.height
    luma = _places(width, height, ops, where, 1, mirrored)
    chroma = _places(width, height, ops, where, 2, mirrored)
    cover = None if picture.cover is None else ops.sample(picture.cover, *luma)
    return Picture(ops.sample(picture.y, *luma), ops.sample(picture.u, *chroma), ops.sample(picture.v, *chroma), cover)


@dataclass(frozen=True, slots=True)
class Turn:
    """About the middle, clockwise; zoomed in by `zoom`. What comes in from outside is the picture mirrored at its edges."""

    angle_deg: float
    zoom: float = 1.0

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        turn = math.radians(self.angle_deg)
        cos, sin = math.cos(turn) / self.zoom, math.sin(turn) / self.zoom
        middle_x, middle_y = (picture.width - 1) / 2, (picture.height - 1) / 2

        def where(x: Array, y: Array) -> tuple[Array, Array]:
            across, down = x - middle_x, y - middle_y
            return across * cos + down * sin + middle_x, down * cos - across * sin + middle_y

        return warp(picture, ops, where, mirrored=True)


@dataclass(frozen=True, slots=True)
class Ripple:
    """Rings that run outwards from a point, as after a stone in water."""

    amplitude_px: float
    wave_px: float
    phase: float
    """In waves; growing, the rings run outwards."""
    x: float = 0.5
    """Shares of the picture's sides."""
    y: float = 0.5

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        xp = ops.xp
        middle_x, middle_y = self.x * picture.width, self.y * picture.height

        def where(x: Array, y: Array) -> tuple[Array, Array]:
            across, down = x - middle_x, y - middle_y
            away = xp.sqrt(across * across + down * down) + 1e-3
            push = xp.sin((away / self.wave_px - self.phase) * (2 * math.pi)) * self.amplitude_px / away
            near = xp.clip(away / self.wave_px, 0, 1)  # no spike in the middle
            return x + across * push * near, y + down * push * near

        return warp(picture, ops, where, mirrored=True)


def _places(width: int, height: int, ops: Ops, where: Where, pitch: int, mirrored: bool) -> tuple[Array, Array]:
    """Where each sample of a plane is fetched from, in samples of that plane; `pitch` 2 is chroma's, which sits on the left luma column
    and between two rows."""
    across, down = width // pitch, height // pitch
    below = 0.5 if pitch == 2 else 0.0
    row = ops.constant(("warp across", across, pitch), lambda: _centres(across)[None, :] * pitch)
    column = ops.constant(("warp down", down, pitch), lambda: _centres(down)[:, None] * pitch + np.float32(below))
    x, y = where(row, column)
    size = (row.shape[1] * CELL, column.shape[0] * CELL)
    inside = np.s_[CELL : CELL + down, CELL : CELL + across]
    x = ops.resize(x, *size)[inside] * (1 / pitch)
    y = (ops.resize(y, *size)[inside] - below) * (1 / pitch)
    return (_mirrored(x, across, ops), _mirrored(y, down, ops)) if mirrored else (x, y)


def _centres(count: int) -> Constant:
    """Middles of the cells that cover `count` samples, and of one more on each side."""
    cells = math.ceil(count / CELL)
    return ((np.arange(-1, cells + 1) + 0.5) * CELL - 0.5).astype(np.float32)


def _mirrored(at: Array, count: int, ops: Ops) -> Array:
    last = count - 1
    return last - ops.xp.abs(last - ops.xp.abs(at))
