"""Bars above and below, or at the sides, as of another format."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.filters.base import Array, Ops, Picture
from services.composition.filters.grid import columns, rows


@dataclass(frozen=True, slots=True)
class Bars:
    """Plain bars over two opposite rims."""

    size_px: float
    """Of one bar; a part of a pixel is drawn as a part."""
    sideways: bool
    """At the left and right instead of above and below."""
    y: float
    u: float
    v: float
    """Levels of their colour."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        side = picture.width if self.sideways else picture.height
        line = columns if self.sideways else rows
        full = self._open(line(ops, side), side, 1.0, ops)
        half = self._open(line(ops, side // 2, 2.0, 0.0 if self.sideways else 0.5), side, 2.0, ops)
        y, u, v = (
            (plane - level) * open_ + level
            for plane, level, open_ in ((picture.y, self.y, full), (picture.u, self.u, half), (picture.v, self.v, half))
        )
        return Picture(y, u, v, picture.cover)

    def _open(self, at: Array, side: int, pitch: float, ops: Ops) -> Array:
        """How much of each line is picture."""
        return ops.xp.clip((ops.xp.minimum(at, side - 1 - at) + 0.5 - self.size_px) * (1 / pitch) + 0.5, 0, 1)
