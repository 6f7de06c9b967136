"""A band of warm light runs across, as where film was burnt, and leaves the new picture behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from libs.common.media.timeline import Canvas
from services.composition.filters.beam import Beam
from services.composition.filters.patterns import Linear
from services.composition.filters.reveal import Reveal
from services.composition.grading import levels_of
from services.composition.transitions import Placement, ease

TITLE = "Light sweep"

REACH = 0.25
"""How far outside the picture the light starts, as a share of its way."""
EDGE = 0.1
LIGHTS = ((levels_of("#FF7A1E"), 0.15, 0.9), (levels_of("#FFF4D8"), 0.06, 1.0))
"""Colour, sigma as a share of the way, and strength: a glow, and its white core, which hides the edge between the pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    strength: Annotated[float, Interval(ge=0.2, le=1)] = 1.0
    """How bright the light is, 0.2..1."""
    angle_deg: Annotated[float, Interval(ge=-360, le=360), Unit("deg")] = 20.0
    """The way of the light: 0 runs to the right, 90 downwards."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    way, at = Linear(params.angle_deg), ease(progress) * (1 + 2 * REACH) - REACH
    lit = params.strength * min(1.0, 8 * progress, 8 * (1 - progress))
    light = tuple(Beam(way, at, width, level, share * lit) for level, width, share in LIGHTS)
    reached = min(1.0, max(0.0, (at + EDGE / 2) / (1 + EDGE)))
    if reached <= 0:
        return Placement(filters=light), Placement(mix=0.0)
    if reached >= 1:
        return Placement(mix=0.0), Placement(filters=light)
    return Placement(filters=light), Placement(filters=(*light, Reveal(way, reached, EDGE)))
