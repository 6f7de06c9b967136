"""A band of light, or of shadow, that lies across a picture."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.filters.base import Array, Ops, Picture
from services.composition.filters.patterns import Pattern

WORK_SHRINK = 8
"""A band is soft: it is calculated on a grid of this many pixels."""


@dataclass(frozen=True, slots=True)
class Beam:
    """Where the pattern's number is near `at`, the picture gives way to a colour; falls off as a Gaussian on both sides."""

    pattern: Pattern
    """A smooth one."""
    at: float
    width: float
    """Sigma, as a share of the pattern's run; at least some hundredths."""
    level: tuple[float, float, float]
    """Colour: Y, U, V, limited range."""
    strength: float
    """How much of the colour lies over the middle of the band, 0..1."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        shrink = WORK_SHRINK if min(picture.width, picture.height) >= 360 else 2
        width, height = max(2, picture.width // shrink), max(2, picture.height // shrink)
        order = ops.constant((self.pattern, height, width), lambda: self.pattern.order(height, width))
        away = (order - self.at) * (0.7071 / self.width)
        share = ops.xp.exp(-(away * away)) * self.strength
        full = ops.resize(share, picture.width, picture.height)
        half = ops.resize(share, picture.width // 2, picture.height // 2)
        planes = zip((picture.y, picture.u, picture.v), self.level, (full, half, half), strict=True)
        y, u, v = (_towards(plane, level, part) for plane, level, part in planes)
        return Picture(y, u, v, picture.cover)


def _towards(plane: Array, level: float, share: Array) -> Array:
    return plane + (level - plane) * share
