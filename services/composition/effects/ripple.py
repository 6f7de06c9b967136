"""Rings run outwards from a point, as after a drop of water."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.bend import Ripple
from services.composition.moment import Moment
from services.composition.param_types import Pixels, Share

TITLE = "Ripple"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    height_px: Pixels = 20.0
    """How far they push, at a short side of 1080; 0 leaves the picture alone."""
    length_px: Annotated[float, Interval(ge=20, le=1000), Unit("px")] = 150.0
    """From ring to ring, at a short side of 1080."""
    x: Share = 0.5
    """Where the drop falls, from the left, as a share of the width."""
    y: Share = 0.5
    """From the top, as a share of the height."""
    rate_hz: Annotated[float, Interval(ge=0, le=5), Unit("Hz")] = 1.2
    """Rings a second."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    if params.height_px == 0:
        return ()
    reach = 0.62 * max(moment.width_px, moment.height_px)
    unit = moment.unit
    return (Ripple(params.x, params.y, params.height_px * unit, params.length_px * unit, reach, params.rate_hz * moment.seconds),)
