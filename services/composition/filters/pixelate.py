"""Square blocks, each of the mean of what it covers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.composition.filters.base import Array, Ops, Picture


@dataclass(frozen=True, slots=True)
class Pixelate:
    block_px: int
    """Side of a block, even, at least 2."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        half = self.block_px // 2
        u, v = (_blocks(plane, half, ops) for plane in (picture.u, picture.v))
        cover = None if picture.cover is None else _blocks(picture.cover, self.block_px, ops)
        return Picture(_blocks(picture.y, self.block_px, ops), u, v, cover)


def _blocks(plane: Array, side: int, ops: Ops) -> Array:
    height, width = plane.shape
    small = ops.shrink(plane, side, side)
    ones = ops.constant(("ones", side), lambda: np.ones((1, side, 1, side), np.float32))
    rows, columns = small.shape
    return (small[:, None, :, None] * ones).reshape(rows * side, columns * side)[:height, :width]
