"""A quick jump closer that settles softly: for the word that counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.effects import Camera
from services.composition.moment import Moment
from services.composition.transitions import settle

TITLE = "Punch zoom"
SHOWN_AT = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    zoom: Annotated[float, Interval(ge=1, le=2)] = 1.18
    """How close, as a factor; 1 leaves the camera alone."""
    at_s: Annotated[float, Interval(ge=0, le=600), Unit("s")] = 0.3
    """When it jumps, from the start of the clip."""
    rise_s: Annotated[float, Interval(ge=0.03, le=2), Unit("s")] = 0.14
    """How long the way in takes."""
    hold_s: Annotated[float, Interval(ge=0, le=600), Unit("s")] = 0.5
    """How long it stays close."""
    fall_s: Annotated[float, Interval(ge=0.03, le=5), Unit("s")] = 0.5
    """How long the way back takes."""


def camera(params: Params, moment: Moment) -> Camera:
    since = moment.seconds - params.at_s
    gone = since - params.rise_s - params.hold_s
    share = settle(min(1.0, max(0.0, since / params.rise_s)))
    if gone > 0:
        t = min(1.0, gone / params.fall_s)
        share = 1 - t * t * (3 - 2 * t)
    return Camera(zoom=1 + (params.zoom - 1) * share)
