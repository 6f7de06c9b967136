"""Rows torn sideways, as by a lost signal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.composition.chance import chance
from services.composition.filters.base import Array, Constant, Ops, Picture
from services.composition.filters.grid import moved


@dataclass(frozen=True, slots=True)
class Tear:
    """A few bands of rows jump sideways, and what leaves on one side comes in on the other."""

    reach_px: float
    """The farthest jump."""
    bands: int
    seed: int

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        shift = self._shift(picture.height)
        at = ops.constant(("tear", self, picture.height), lambda: shift)
        half = ops.constant(("tear half", self, picture.height), lambda: np.ascontiguousarray(shift[0::2]))
        width = picture.width

        def way(x: Array, y: Array) -> tuple[Array, Array]:
            to = x + (at if y.shape[0] == picture.height else half)
            return to - ops.xp.floor(to * (1 / width)) * width - x, 0 * y

        return moved(picture, ops, way)

    def _shift(self, height: int) -> Constant:
        """(height, 1); equal on the two rows that share a row of chroma."""
        shift = np.zeros((height, 1), np.float32)
        for band in range(self.bands):
            where, size, jump = (chance(self.seed, band, number) for number in range(3))
            top = int(where * height / 2) * 2
            tall = max(2, int((0.006 + 0.09 * size**2.5) * height / 2) * 2)
            shift[top : top + tall] = round((2 * jump - 1) * self.reach_px / 2) * 2
        return shift
