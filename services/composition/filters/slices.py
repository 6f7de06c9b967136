"""A picture in disorder: bands of rows pushed to the side, colours beside their outlines, as a bad signal leaves it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.composition.filters.base import Array, Constant, Ops, Picture


@dataclass(frozen=True, slots=True)
class Slices:
    """Bands of rows, each pushed to the left or right by up to `reach_px`; about half of them stay."""

    seed: int
    reach_px: float
    bands: int = 18

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        height = picture.height
        push = ops.constant(("slices", self.seed, self.bands, height), lambda: self._pushes(height)) * self.reach_px
        luma = _pushed(picture.y, push, ops)
        u, v = (_pushed(plane, push[0::2] * 0.5, ops) for plane in (picture.u, picture.v))
        cover = None if picture.cover is None else _pushed(picture.cover, push, ops)
        return Picture(luma, u, v, cover)

    def _pushes(self, height: int) -> Constant:
        """(height, 1), -1..1; bands begin on even rows."""
        rng = np.random.default_rng(self.seed)
        edges = np.sort(rng.integers(0, height // 2, self.bands - 1)) * 2
        sizes = np.diff(np.concatenate([[0], edges, [height]]))
        pushes = rng.uniform(-1, 1, self.bands) * (rng.random(self.bands) < 0.55)
        return np.repeat(pushes, sizes).astype(np.float32)[:, None]


@dataclass(frozen=True, slots=True)
class ChromaShift:
    """Blue moves to the left, red to the right."""

    shift_px: float

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        zero = ops.constant(("zero column", picture.height // 2), lambda: np.zeros((picture.height // 2, 1), np.float32))
        blue, red = (_pushed(plane, zero + way * self.shift_px / 2, ops) for plane, way in ((picture.u, -1), (picture.v, 1)))
        return Picture(picture.y, blue, red, picture.cover)


def _pushed(plane: Array, push: Array, ops: Ops) -> Array:
    """Each row moved to the right by its own `push`, (height, 1), in samples; its edge is repeated."""
    height, width = plane.shape
    row = ops.constant(("row", width), lambda: np.arange(width, dtype=np.float32)[None, :])
    column = ops.constant(("column", height), lambda: np.arange(height, dtype=np.float32)[:, None])
    return ops.sample(plane, row - push, column + row * 0)
