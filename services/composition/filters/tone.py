"""Colour from brightness: duotone, split toning, turned hues, steps."""

from __future__ import annotations

import math
from dataclasses import dataclass

from services.composition.filters.base import Ops, Picture, halve


@dataclass(frozen=True, slots=True)
class Toned:
    """Colours by how bright a place is: curves of u and v over luma, about 128, added to what is kept of its own colour."""

    u: tuple[float, ...]
    v: tuple[float, ...]
    keep: float = 0.0
    """Share of its own colour that stays."""
    amount: float = 1.0

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        luma = halve(picture.y)
        planes = []
        for plane, knots in ((picture.u, self.u), (picture.v, self.v)):
            to = ops.curve(luma, knots) + (plane - 128) * self.keep
            planes.append(plane + (ops.xp.clip(to, 16, 240) - plane) * self.amount)
        return Picture(picture.y, planes[0], planes[1], picture.cover)


@dataclass(frozen=True, slots=True)
class Hue:
    """All colours turned round the circle; brightness stays."""

    angle_deg: float

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        cos, sin = math.cos(math.radians(self.angle_deg)), math.sin(math.radians(self.angle_deg))
        u, v = picture.u - 128, picture.v - 128
        turned_u, turned_v = (ops.xp.clip(plane, 16, 240) for plane in (u * cos - v * sin + 128, u * sin + v * cos + 128))
        return Picture(picture.y, turned_u, turned_v, picture.cover)


@dataclass(frozen=True, slots=True)
class Steps:
    """Brightness in a few steps, as in a screen print. The edges are a pixel soft, not jagged."""

    steps: int
    soft: float
    """Width of an edge, in steps."""
    amount: float

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        xp = ops.xp
        smooth = ops.blur(picture.y, 1.2, 1.2)
        t = xp.clip((smooth - 16) * ((self.steps - 1) / 219), 0, self.steps - 1)
        whole = xp.floor(t)
        rise = xp.clip((t - whole - 0.5) * (1 / self.soft) + 0.5, 0, 1)
        flat = (whole + rise) * (219 / (self.steps - 1)) + 16
        return Picture(picture.y + (flat - picture.y) * self.amount, picture.u, picture.v, picture.cover)


@dataclass(frozen=True, slots=True)
class Sketch:
    """Pencil on paper: luma over its own blur leaves lines where it falls, and paper elsewhere (the darkroom's colour dodge)."""

    sigma: float
    darkness: float
    """How hard the pencil is pressed."""
    colour: float
    """Share of the colours that stays."""
    amount: float

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        xp = ops.xp
        around = ops.blur(picture.y, self.sigma, self.sigma)
        ratio = xp.clip((picture.y - 4) / xp.clip(around - 4, 8, 255), 0, 1)
        pressed = 1 - (1 - ratio) * self.darkness
        shade = 0.86 + 0.14 * ((picture.y - 16) * (1 / 219))  # a little of the tone, so that shapes keep their weight
        drawn = xp.clip(pressed * shade, 0.06, 1) * 214 + 16
        y = picture.y + (drawn - picture.y) * self.amount
        u, v = (
            plane + ((plane - 128) * self.colour + paper - plane) * self.amount for plane, paper in ((picture.u, 126.0), (picture.v, 129.0))
        )
        return Picture(y, u, v, picture.cover)
