"""Comes a little closer on each beat and swings back: for music."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.effects import Camera
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Pulse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.35
    """How close; 0 leaves the camera alone, 1 is a tenth closer."""
    beats_per_minute: Annotated[float, Interval(ge=30, le=200), Unit("1/min")] = 100.0
    """Tempo of the music."""
    first_s: Annotated[float, Interval(ge=0, le=60), Unit("s")] = 0.0
    """When the first beat falls, from the start of the clip."""


def camera(params: Params, moment: Moment) -> Camera:
    """Each beat dies away: to a fourteenth before the next."""
    beat = (moment.seconds - params.first_s) * params.beats_per_minute / 60
    return Camera() if beat < 0 else Camera(zoom=1 + 0.1 * params.amount * math.exp(-2.6 * (beat % 1)))
