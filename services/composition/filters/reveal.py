"""Show a part of a picture: what a pattern has reached so far. Wipes, irises, masks and split screens are made of it."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.filters.base import Array, Ops, Picture
from services.composition.filters.patterns import Pattern

LEAST_EDGE_PX = 2.0
"""Width of an edge without softness, so that it has no steps."""
ROUNDED_FROM = 0.02
"""A softer edge than this is a smooth step: a straight ramp shows its ends."""

REACH = 1.8
"""Standard deviations from the mean to the first and the last brightness."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """Where the pattern's number lies below the progress the picture stays, elsewhere it goes; covers of before are kept."""

    pattern: Pattern
    progress: float
    """0 leaves nothing, 1 all of it. With a pattern's outline at 0.5 and no softness, 0.5 is that outline."""
    softness: float = 0.0
    """Width of the edge as a share of the pattern's run."""
    backwards: bool = False
    """The pattern runs from 1 to 0. Hiding what a pattern has reached at `p` is the same pattern backwards at 1 - p."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        height, width = picture.height, picture.width
        order = ops.constant((self.pattern, height, width), lambda: self.pattern.order(height, width))
        cover = edge(1 - order if self.backwards else order, self.progress, self.softness, ops, least=LEAST_EDGE_PX / min(height, width))
        return Picture(picture.y, picture.u, picture.v, cover if picture.cover is None else picture.cover * cover)


@dataclass(frozen=True, slots=True)
class RevealByLuma:
    """The pattern is the picture itself: its bright parts come first, or its dark ones, spread over the whole run by their mean and
    standard deviation."""

    progress: float
    softness: float = 0.2
    dark_first: bool = False

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        mean = ops.shrink(picture.y, picture.width, picture.height)
        away = picture.y - mean
        spread = ops.xp.sqrt(ops.shrink(away * away, picture.width, picture.height)) + 1
        bright = ops.xp.clip(away / (spread * (2 * REACH)) + 0.5, 0, 1)
        cover = edge(bright if self.dark_first else 1 - bright, self.progress, self.softness, ops, least=0.01)
        return Picture(picture.y, picture.u, picture.v, cover if picture.cover is None else picture.cover * cover)


def edge(order: Array, progress: float, softness: float, ops: Ops, *, least: float) -> Array:
    """The cover of an order map: 1 where it was reached, 0 where not, a slope of width `softness` (at least `least`) between. All 0 at
    progress 0, all 1 at progress 1."""
    wide = max(softness, least)
    cover = ops.xp.clip((progress * (1 + wide) - order) * (1 / wide), 0, 1)
    return cover * cover * (3 - 2 * cover) if softness >= ROUNDED_FROM else cover
