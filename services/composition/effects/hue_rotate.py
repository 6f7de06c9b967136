"""All colours turned round the circle; light and dark stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.tone import Hue
from services.composition.moment import Moment

TITLE = "Hue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    angle_deg: Annotated[float, Interval(ge=-180, le=180), Unit("°")] = 90.0
    """How far; 0 leaves the picture alone."""
    turn_hz: Annotated[float, Interval(ge=0, le=1), Unit("Hz")] = 0.0
    """Turns a second on top, for a colour that runs."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    angle = params.angle_deg + 360 * params.turn_hz * moment.seconds
    return () if angle % 360 == 0 else (Hue(angle % 360),)
