"""One flash of light, as of a camera: the old picture goes up in it and the new one comes out. A single flash does no harm (WCAG 2.3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.palette import ColourName
from services.composition.transitions import Placement, settle

TITLE = "Flash"

PEAK = 0.35
"""When the light is brightest: it comes quickly and goes slowly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    colour: ColourName = "white"
    """Of the light: `#RRGGBB`, `primary`, `secondary`, `white` or `ink`."""
    strength: Annotated[float, Interval(ge=0.2, le=1)] = 0.95
    """How much of the picture goes under, 0.2..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    if progress < PEAK:
        return Placement(colour=params.colour, tint=(progress / PEAK) ** 2 * params.strength), Placement(mix=0.0)
    return Placement(mix=0.0), Placement(colour=params.colour, tint=(1 - settle((progress - PEAK) / (1 - PEAK))) * params.strength)
