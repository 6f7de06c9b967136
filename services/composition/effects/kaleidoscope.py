"""One wedge of the picture, mirrored round the middle, turning slowly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.bend import Fold
from services.composition.moment import Moment

TITLE = "Kaleidoscope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    mirrors: Annotated[int, Interval(ge=2, le=12)] = 3
    """Pairs of wedges."""
    turn_hz: Annotated[float, Interval(ge=-1, le=1), Unit("Hz")] = 0.05
    """Turns a second of the mirrors."""
    zoom: Annotated[float, Interval(ge=1, le=4)] = 1.0
    """How close the picture is."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    return (Fold(2 * params.mirrors, 360 * params.turn_hz * moment.seconds % 360, params.zoom),)
