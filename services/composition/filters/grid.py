"""Places of samples: rows and columns that filters calculate with, and moving a picture's pixels."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from services.composition.filters.base import Array, Constant, Ops, Picture, double

CELL = 8
"""A warp is computed once for a cell of this many samples a side and is straight between; exact for whatever is affine."""
CHROMA_BELOW = 0.5
"""Chroma sits on the left luma column and between two rows."""

Where = Callable[[Array, Array], tuple[Array, Array]]
"""From a row and a column of places, in luma samples, to where their pixels are fetched: two arrays of the shape of both."""
Way = Callable[[Array, Array], tuple[Array, Array]]
"""From places to how far away their pixel is fetched, all in luma pixels. Gets columns (1, width) and rows (height, 1) counted from
sample centres; the answers may have either shape, or that of both."""


def columns(ops: Ops, width: int, pitch: float = 1.0, first: float = 0.0) -> Array:
    """(1, width): `first`, `first + pitch`, …"""
    return ops.constant(("columns", width, pitch, first), lambda: np.asarray(first + np.arange(width)[None, :] * pitch, np.float32))


def rows(ops: Ops, height: int, pitch: float = 1.0, first: float = 0.0) -> Array:
    """(height, 1)"""
    return ops.constant(("rows", height, pitch, first), lambda: np.asarray(first + np.arange(height)[:, None] * pitch, np.float32))


def warp(picture: Picture, ops: Ops, where: Where, *, mirrored: bool = False) -> Picture:
    """`where` has to be smooth. Outside the picture its edge is repeated or, `mirrored`, the picture itself, up to its own size."""
    width, height = picture.width, picture.height
    luma = _cell_places(width, height, ops, where, 1, mirrored)
    chroma = _cell_places(width, height, ops, where, 2, mirrored)
    return _fetched(picture, ops, luma, chroma)


def moved(picture: Picture, ops: Ops, way: Way, *, coarse: bool = False) -> Picture:
    """Each pixel fetched from as far away as `way` says, which may jump. `coarse` calculates it for every other pixel each way, and lies
    on straight lines between: for ways that bend but do not jump."""
    x, y = columns(ops, picture.width // 2, 2.0), rows(ops, picture.height // 2, 2.0, CHROMA_BELOW)
    dx, dy = way(x, y)
    chroma = _whole((x + dx) * 0.5, x, y), _whole((y + dy - CHROMA_BELOW) * 0.5, x, y)
    x, y = columns(ops, picture.width), rows(ops, picture.height)
    dx, dy = (double(away, ops) for away in (dx, dy)) if coarse else way(x, y)
    return _fetched(picture, ops, (_whole(x + dx, x, y), _whole(y + dy, x, y)), chroma)


def _whole(at: Array, x: Array, y: Array) -> Array:
    """As large as both together."""
    return at if at.shape == (y.shape[0], x.shape[1]) else at + 0 * x + 0 * y


def _fetched(picture: Picture, ops: Ops, luma: tuple[Array, Array], chroma: tuple[Array, Array]) -> Picture:
    cover = None if picture.cover is None else ops.sample(picture.cover, *luma)
    return Picture(ops.sample(picture.y, *luma), ops.sample(picture.u, *chroma), ops.sample(picture.v, *chroma), cover)


def _cell_places(width: int, height: int, ops: Ops, where: Where, pitch: int, mirrored: bool) -> tuple[Array, Array]:
    """Where each sample of a plane is fetched from, in samples of that plane; `pitch` 2 is chroma's."""
    across, down = width // pitch, height // pitch
    below = CHROMA_BELOW if pitch == 2 else 0.0
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
