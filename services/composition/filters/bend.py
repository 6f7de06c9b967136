"""Pictures bent for longer than a transition: waves, rings, the bulge of a tube; turned, mirrored, folded."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from services.composition.filters.base import Array, Ops, Picture
from services.composition.filters.grid import columns, moved, rows, warp


@dataclass(frozen=True, slots=True)
class Wave:
    """Rows swing sideways and columns up and down, as seen through water."""

    height_px: float
    length_px: float
    phase: float
    """In turns."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        xp, turn = ops.xp, 2 * math.pi

        def where(x: Array, y: Array) -> tuple[Array, Array]:
            sideways = xp.sin((y / self.length_px + self.phase) * turn) + 0.45 * xp.sin((y / (0.57 * self.length_px) - self.phase) * turn)
            upright = xp.sin((x / (1.3 * self.length_px) + self.phase) * turn)
            return x + sideways * self.height_px, y + upright * 0.6 * self.height_px

        return warp(picture, ops, where, mirrored=True)


@dataclass(frozen=True, slots=True)
class Ripple:
    """Rings that run outwards from a point and die away."""

    x: float
    y: float
    """Shares of the sides."""
    height_px: float
    length_px: float
    reach_px: float
    """Where nothing of them is left."""
    phase: float
    """In waves; growing, they run outwards."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        xp = ops.xp
        left, top = self.x * picture.width, self.y * picture.height

        def where(x: Array, y: Array) -> tuple[Array, Array]:
            dx, dy = x - left, y - top
            away = xp.sqrt(dx * dx + dy * dy) + 1e-3
            dying = xp.clip(1 - away / self.reach_px, 0, 1)
            near = xp.clip(away / (0.5 * self.length_px), 0, 1)  # no spike in the middle
            push = xp.sin((away / self.length_px - self.phase) * (2 * math.pi)) * dying * dying * near * self.height_px / away
            return x + dx * push, y + dy * push

        return warp(picture, ops, where, mirrored=True)


@dataclass(frozen=True, slots=True)
class Bulge:
    """The curved glass of a picture tube: corners are pressed in from the rim, the middle stays."""

    strength: float

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        middle_x, middle_y = (picture.width - 1) / 2, (picture.height - 1) / 2
        near = 1 / (middle_x * middle_x + middle_y * middle_y)

        def where(x: Array, y: Array) -> tuple[Array, Array]:
            dx, dy = x - middle_x, y - middle_y
            scale = 1 + ((dx * dx + dy * dy) * near - 1) * self.strength
            return dx * scale + middle_x, dy * scale + middle_y

        return warp(picture, ops, where)


@dataclass(frozen=True, slots=True)
class Rotated:
    """Turned about the middle, clockwise, and brought closer. What lies beyond the picture is not covered."""

    angle_deg: float
    zoom: float
    shift_x: float = 0.0
    """Of the window, in luma pixels of the picture."""
    shift_y: float = 0.0

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        cos, sin = (f(math.radians(self.angle_deg)) / self.zoom for f in (math.cos, math.sin))
        width, height = picture.width, picture.height
        middle_x, middle_y = (width - 1) / 2, (height - 1) / 2

        def where(x: Array, y: Array) -> tuple[Array, Array]:
            across, down = x - middle_x, y - middle_y
            return across * cos + down * sin + (middle_x + self.shift_x), down * cos - across * sin + (middle_y + self.shift_y)

        found = warp(picture, ops, where)
        inside = self._inside(picture, ops, cos, sin)
        if inside is None:
            return found
        return Picture(found.y, found.u, found.v, inside if found.cover is None else found.cover * inside)

    def _inside(self, picture: Picture, ops: Ops, cos: float, sin: float) -> Array | None:
        """A cover with soft edges, or None where the whole of it is inside."""
        reach_x, reach_y = picture.width / 2, picture.height / 2
        over_x = abs(cos) * reach_x + abs(sin) * reach_y + abs(self.shift_x) - reach_x
        over_y = abs(sin) * reach_x + abs(cos) * reach_y + abs(self.shift_y) - reach_y
        if over_x < 0.01 and over_y < 0.01:
            return None
        x = columns(ops, picture.width) - (picture.width - 1) / 2
        y = rows(ops, picture.height) - (picture.height - 1) / 2
        across, down = x * cos + self.shift_x + y * sin, x * -sin + (y * cos + self.shift_y)
        left = ops.xp.minimum(reach_x - ops.xp.abs(across), reach_y - ops.xp.abs(down)) * self.zoom
        return ops.xp.clip(left + 0.5, 0, 1)


@dataclass(frozen=True, slots=True)
class Mirror:
    """Flipped, or one half shown twice."""

    how: Literal["left_right", "up_down", "left", "right", "top", "bottom"]
    """The first two flip; the others name the half that is kept and mirrored."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        far_x, far_y, xp = picture.width - 1, picture.height - 1, ops.xp

        def way(x: Array, y: Array) -> tuple[Array, Array]:
            other_x, other_y = far_x - x, far_y - y
            to = {
                "left_right": (other_x, y),
                "up_down": (x, other_y),
                "left": (xp.minimum(x, other_x), y),
                "right": (xp.maximum(x, other_x), y),
                "top": (x, xp.minimum(y, other_y)),
                "bottom": (x, xp.maximum(y, other_y)),
            }[self.how]
            return to[0] - x, to[1] - y

        return moved(picture, ops, way)


@dataclass(frozen=True, slots=True)
class Fold:
    """A kaleidoscope: one wedge of the picture, mirrored round a point."""

    wedges: int
    """Even."""
    angle_deg: float
    """By which the mirrors are turned."""
    zoom: float

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        middle_x, middle_y = (picture.width - 1) / 2, (picture.height - 1) / 2
        step, start = 2 * math.pi / self.wedges, math.radians(self.angle_deg)

        def way(x: Array, y: Array) -> tuple[Array, Array]:
            """Reflections alone: each brings what lies behind one more mirror to the front, so no angle has to be known."""
            across, down = (x - middle_x) / self.zoom + 0 * y, (y - middle_y) / self.zoom + 0 * x
            for number in range(self.wedges // 2, 0, -1):
                cos, sin = math.cos(start + (number - 1) * step), math.sin(start + (number - 1) * step)
                behind = ops.xp.clip(across * sin - down * cos, 0, 1e6) * 2
                across, down = across - behind * sin, down + behind * cos
            return across + middle_x - x, down + middle_y - y

        return moved(picture, ops, way, coarse=True)
