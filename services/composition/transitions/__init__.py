"""Transitions: one file each, found by itself. A transition says where the outgoing and the incoming picture are at each moment.

A file has `TITLE`, optionally `Params` (as effects have), and `place(progress, params, canvas) -> (outgoing, incoming)`; `progress` runs
from above 0 to below 1: towards 0 the old picture is there as it was, towards 1 the new one as it will be. The incoming picture lies on
top. What places, zooms, mixes or tints is almost free; a soft or shaped edge is a `Reveal` filter, and a filter is left out where it would
do nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Canvas
from services.composition.filters.base import Filter
from services.composition.plugins import Plugin, discover, params_of

CUT = "cut"
"""The name for no transition at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a picture stands. Lengths are shares of the canvas."""

    mix: float = 1.0
    """How much it covers what lies below, 0..1."""
    zoom: float = 1.0
    """Above 0, about the centre; below 1 the picture is smaller than its place."""
    shift_x: float = 0.0
    """To the right, -1..1."""
    shift_y: float = 0.0
    """Downwards, -1..1."""
    left: float = 0.0
    right: float = 1.0
    top: float = 0.0
    bottom: float = 1.0
    """The part of the canvas in which it shows."""
    filters: tuple[Filter, ...] = ()
    """On the picture after its own effects, before it is shifted. They see the whole canvas."""
    colour: str = "#000000"
    """Of the tint, sRGB."""
    tint: float = 0.0
    """How much of the colour lies over the picture, 0..1."""
    also: tuple[Placement, ...] = ()
    """More pieces of the same picture, each shown in its own part of the canvas."""
    above: bool = False
    """Of an outgoing picture: it lies over the incoming one."""


Place = Callable[[float], tuple[Placement, Placement]]

Direction = Literal["left", "right", "up", "down"]
"""The way in which something moves."""
STEPS: dict[Direction, tuple[int, int]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
"""Across and down."""
ANGLES_DEG: dict[Direction, float] = {"right": 0.0, "down": 90.0, "left": 180.0, "up": 270.0}


def ease(progress: float) -> float:
    """Slow at both ends: half a cosine wave from 0 to 1."""
    return 0.5 - 0.5 * math.cos(math.pi * progress)


def settle(progress: float) -> float:
    """Quick at first, then coming to rest: a cubic."""
    return 1 - (1 - progress) ** 3


def glide(progress: float) -> float:
    """Sets out gently, is soon fast, and comes to rest slowly: half a cosine wave over a run that is ahead of time."""
    return ease(1 - (1 - progress) ** 1.7)


def bump(progress: float) -> float:
    """Up from 0 to 1 in the middle and down again, at rest at both ends."""
    return math.sin(math.pi * progress) ** 2


def transition(name: str, params: Mapping[str, float | str], canvas: Canvas, *, field: str = "/transition") -> Place:
    """The transition at each progress. Raises InvalidInput for a name or parameter that the catalogue does not have."""
    if name not in CATALOGUE:
        known = ", ".join([*CATALOGUE, CUT])
        raise InvalidInput(f"unknown transition {name!r}; there are: {known}", code="edit.unknown_transition", field=f"{field}/name")
    checked = params_of(CATALOGUE[name], params, field=f"{field}/params")
    place: Callable[[float, Any, Canvas], tuple[Placement, Placement]] = CATALOGUE[name].module.place
    return lambda progress: place(progress, checked, canvas)


CATALOGUE: dict[str, Plugin] = discover(__name__, __path__)
"""By name."""
