"""Light that was not there: a glow about bright places, and leaks through an old camera's body."""

from __future__ import annotations

import math
from dataclasses import dataclass

from services.composition.filters.base import Array, Ops, Picture, halve
from services.composition.filters.grid import columns, rows

GLOW_SHRINK = 4
LEAK_SHRINK = 16


@dataclass(frozen=True, slots=True)
class Glow:
    """Bright places shine over their edges, in their own colour."""

    sigma: float
    """Luma pixels."""
    strength: float
    above: float
    """Luma from which a place shines, 0..1."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        xp, shrink = ops.xp, GLOW_SHRINK
        small = ops.shrink(picture.y, shrink, shrink)
        light = xp.clip((small - (16 + 219 * self.above)) * (1 / (219 * (1 - self.above) + 1)), 0, 1)
        sigma = self.sigma / shrink
        narrow, wide = ops.blur(light, sigma * 0.4, sigma * 0.4), ops.blur(light, sigma * 1.6, sigma * 1.6)
        glow = (narrow * 0.5 + wide * 0.5) * self.strength
        height, width = picture.u.shape
        half = ops.resize(glow, width, height)
        colours = []
        for plane in (picture.u, picture.v):
            there = ops.shrink(plane, shrink // 2, shrink // 2) - 128
            spread = ops.blur(there * light, sigma, sigma) * (self.strength * 1.2)
            colours.append(plane + (ops.resize(spread, width, height) - (plane - 128) * half * 0.35))
        full = ops.resize(glow, picture.width, picture.height)
        y = picture.y + (235 - picture.y) * xp.clip(full, 0, 1)
        return Picture(y, xp.clip(colours[0], 16, 240), xp.clip(colours[1], 16, 240), picture.cover)


@dataclass(frozen=True, slots=True)
class Leak:
    """A soft coloured light over the picture, as on film that saw the sun. Screened, so that white stays white."""

    x: float
    y: float
    """Its middle, as shares of the sides; may lie outside."""
    radius_x: float
    radius_y: float
    """Where it has fallen to 60 %, as shares of the sides."""
    angle_deg: float
    strength: float
    u: float
    v: float
    """Its colour, chroma levels about 0 where it is full."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        height, width = picture.u.shape
        light = self._light(ops, max(2, width * 2 // LEAK_SHRINK), max(2, height * 2 // LEAK_SHRINK), picture.width / picture.height)
        half = ops.resize(light, width, height)
        full = ops.resize(light, picture.width, picture.height)
        left = 1 - half
        room = (262 - halve(picture.y)) * (1 / 219)  # also a white wall takes a little of the colour
        u, v = (128 + (plane - 128) * left + half * room * colour for plane, colour in ((picture.u, self.u), (picture.v, self.v)))
        return Picture(picture.y + (235 - picture.y) * full * 0.55, u, v, picture.cover)

    def _light(self, ops: Ops, width: int, height: int, aspect: float) -> Array:
        x = columns(ops, width, 1 / width, 0.5 / width) - self.x
        y = (rows(ops, height, 1 / height, 0.5 / height) - self.y) * (1 / aspect)
        cos, sin = math.cos(math.radians(self.angle_deg)), math.sin(math.radians(self.angle_deg))
        across, down = (x * cos + y * sin) * (1 / self.radius_x), (y * cos - x * sin) * (1 / self.radius_y)
        return ops.xp.exp((across * across + down * down) * -0.5) * self.strength
