"""Speed: a picture smeared towards the lens."""

from __future__ import annotations

import math
from dataclasses import dataclass

from services.composition.filters.base import Array, Ops, Picture
from services.composition.filters.blur import mixed
from services.composition.filters.grid import columns, rows

HALVINGS = 3
"""Each doubles the number of samples: eight along a streak."""


@dataclass(frozen=True, slots=True)
class ZoomBlur:
    """Streaks that run to a point; around it the picture stays sharp."""

    length: float
    """Of a streak, as a share of its distance from the point."""
    x: float
    y: float
    """Shares of the sides."""
    sharp: float
    """Radius that stays sharp, as a share of the half diagonal."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        width, height = picture.width // 2, picture.height // 2
        half = self._share(ops, width, height)
        # A smeared picture has no fine detail: luma is smeared in half its size, chroma in half of that.
        y = ops.resize(self._smeared([ops.shrink(picture.y, 2, 2)], ops)[0], picture.width, picture.height)
        u, v = (ops.resize(p, width, height) for p in self._smeared([ops.shrink(p, 2, 2) for p in (picture.u, picture.v)], ops))
        return mixed(picture, Picture(y, u, v), ops.resize(half, picture.width, picture.height), half)

    def _smeared(self, planes: list[Array], ops: Ops) -> list[Array]:
        """Planes of one size."""
        height, width = planes[0].shape
        x, y = columns(ops, width), rows(ops, height)
        left, top = self.x * width - 0.5, self.y * height - 0.5
        step = self.length / 2
        for _ in range(HALVINGS):
            copies = []
            for sign in (-1, 1):
                scale = 1 + sign * step / 2
                at_x, at_y = (x - left) * scale + left + 0 * y, (y - top) * scale + top + 0 * x
                copies.append([ops.sample(plane, at_x, at_y) for plane in planes])
            planes = [(one + other) * 0.5 for one, other in zip(*copies, strict=True)]
            step /= 2
        return planes

    def _share(self, ops: Ops, width: int, height: int) -> Array:
        x, y = columns(ops, width) - self.x * width, rows(ops, height) - self.y * height
        reach = math.hypot(width, height) / 2
        away = ops.xp.sqrt(x * x + y * y) * (1 / reach)
        t = ops.xp.clip((away - self.sharp) / 0.35, 0, 1)
        return t * t * (3 - 2 * t)
