"""A camera in a hand: small, soft moves that never repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.chance import wander
from services.composition.effects import Camera
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Handheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.35
    """0 leaves the camera alone, 1 runs."""
    rate_hz: Annotated[float, Interval(ge=0.2, le=6), Unit("Hz")] = 1.1
    """How quick the hand is."""


def camera(params: Params, moment: Moment) -> Camera:
    """The frame comes as much closer as it may move."""
    reach = 0.03 * params.amount
    across, down = (wander(moment.seconds, params.rate_hz, moment.seed, axis) for axis in (0, 1))
    return Camera(zoom=1 + 2.2 * reach, shift_x=reach * across, shift_y=reach * 0.6 * down)
