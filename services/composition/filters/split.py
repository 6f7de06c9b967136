"""Red and blue drawn apart from green, as a poor lens or a broken signal does; exact in R'G'B'."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.filters.base import Array, Ops, Picture, double, halve
from services.composition.filters.grid import columns, rows
from services.composition.planes import KB, KR

RED = 219 / 224 * (2 - 2 * KR)
"""Luma levels of red less luma, for one level of V."""
BLUE = 219 / 224 * (2 - 2 * KB)


@dataclass(frozen=True, slots=True)
class Split:
    """Red is fetched from further outside and blue from further inside, about the middle, or each from its side."""

    spread: float
    """Share of the distance from the middle."""
    shift_x: float = 0.0
    """Luma pixels; red is fetched from the right of its place."""
    shift_y: float = 0.0

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        red_y, red_v = self._fetched(picture, ops, picture.v, 1.0)
        blue_y, blue_u = self._fetched(picture, ops, picture.u, -1.0)
        more_red, more_blue = (red_v - picture.v) * RED, (blue_u - picture.u) * BLUE
        colour = more_red * KR + more_blue * KB
        y = picture.y * (1 - KR - KB) + red_y * KR + blue_y * KB + double(colour, ops)
        # Chroma is what red and blue have more than luma, each now made of pixels from different places.
        before = halve(picture.y)
        red, blue = halve(red_y) - before, halve(blue_y) - before
        luma = red * KR + blue * KB + colour
        u = picture.u + (blue + more_blue - luma) * (1 / BLUE)
        v = picture.v + (red + more_red - luma) * (1 / RED)
        return Picture(ops.xp.clip(y, 16, 235), ops.xp.clip(u, 16, 240), ops.xp.clip(v, 16, 240), picture.cover)

    def _fetched(self, picture: Picture, ops: Ops, chroma: Array, sign: float) -> tuple[Array, Array]:
        """Luma and one chroma plane from where this colour is fetched."""
        width, height = picture.width, picture.height
        middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
        scale = 1 + sign * self.spread

        def at(x: Array, y: Array) -> tuple[Array, Array]:
            return (x - middle_x) * scale + (middle_x + sign * self.shift_x), (y - middle_y) * scale + (middle_y + sign * self.shift_y)

        x, y = at(columns(ops, width), rows(ops, height))
        full = ops.sample(picture.y, x + 0 * y, y + 0 * x)
        x, y = at(columns(ops, width // 2, 2.0), rows(ops, height // 2, 2.0, 0.5))
        return full, ops.sample(chroma, x * 0.5 + 0 * y, (y - 0.5) * 0.5 + 0 * x)


@dataclass(frozen=True, slots=True)
class ColourSmear:
    """Colour alone, soft along the rows and apart from its outlines, as on analogue television, whose colour had a narrow band."""

    sigma: float
    """Along the rows, luma pixels."""
    shift_x: float
    """Red to the right and blue to the left, luma pixels."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        height, width = picture.u.shape
        y = rows(ops, height) + 0 * columns(ops, width)
        u, v = (
            ops.sample(ops.blur(plane, self.sigma / 2, 0.0), columns(ops, width) - sign * self.shift_x / 2 + 0 * y, y)
            for plane, sign in ((picture.u, -1), (picture.v, 1))
        )
        return Picture(picture.y, u, v, picture.cover)
