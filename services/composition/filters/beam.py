"""A band of light, or of shadow, that lies across a picture."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.filters.base import Ops, Picture, halve
from services.composition.filters.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Beam:
    """Where the pattern's number is near `at`, the picture gives way to a colour; falls off as a Gaussian on both sides."""

    pattern: Pattern
    at: float
    width: float
    """Sigma, as a share of the pattern's run."""
    level: tuple[float, float, float]
    """Colour: Y, U, V, limited range."""
    strength: float
    """How much of the colour lies over the middle of the band, 0..1."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        height, width = picture.height, picture.width
        order = ops.constant((self.pattern, height, width), lambda: self.pattern.order(height, width))
        away = (order - self.at) * (0.7071 / self.width)
        share = ops.xp.exp(-(away * away)) * self.strength
        half = halve(share)
        y, u, v = self.level
        return Picture(
            picture.y + (y - picture.y) * share, picture.u + (u - picture.u) * half, picture.v + (v - picture.v) * half, picture.cover
        )
