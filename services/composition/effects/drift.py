"""The camera floats in slow circles: life for a still picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.effects import Camera
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Drift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.4
    """0 leaves the camera alone, at 1 it floats over 8 % of the picture."""
    period_s: Annotated[float, Interval(ge=2, le=60), Unit("s")] = 9.0
    """Of one round."""


def camera(params: Params, moment: Moment) -> Camera:
    """An eight that lies on its side, begun where the clip's seed says."""
    reach = 0.04 * params.amount
    turn = 2 * math.pi * (moment.seconds / params.period_s + moment.seed * 0.381966)
    return Camera(zoom=1 + 2.2 * reach, shift_x=reach * math.sin(turn), shift_y=reach * 0.55 * math.sin(2 * turn))
