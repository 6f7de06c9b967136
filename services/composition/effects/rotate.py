"""Turned about the middle, to a fraction of a pixel; it may go on turning."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.bend import Rotated
from services.composition.moment import Moment

TITLE = "Rotate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    angle_deg: Annotated[float, Interval(ge=-360, le=360), Unit("°")] = 4.0
    """Clockwise; 0 leaves the picture alone."""
    turn_hz: Annotated[float, Interval(ge=-2, le=2), Unit("Hz")] = 0.0
    """Turns a second on top."""
    edges: Literal["fill", "open"] = "fill"
    """`fill` comes so close that no corner is empty, `open` shows the tracks below in the corners."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    angle = params.angle_deg + 360 * params.turn_hz * moment.seconds
    if angle % 360 == 0:
        return ()
    return (Rotated(angle % 360, _filling(angle, moment.width_px, moment.height_px) if params.edges == "fill" else 1.0),)


def _filling(angle_deg: float, width: int, height: int) -> float:
    """The zoom at which a turned picture covers its own upright frame."""
    cos, sin = (abs(f(math.radians(angle_deg))) for f in (math.cos, math.sin))
    return max(cos + sin * height / width, cos + sin * width / height)
