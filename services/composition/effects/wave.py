"""Seen through water: the picture sways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.bend import Wave
from services.composition.moment import Moment
from services.composition.param_types import Pixels

TITLE = "Wave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    height_px: Pixels = 12.0
    """How far it sways, at a short side of 1080; 0 leaves the picture alone."""
    length_px: Annotated[float, Interval(ge=60, le=2000), Unit("px")] = 420.0
    """From crest to crest, at a short side of 1080."""
    rate_hz: Annotated[float, Interval(ge=0, le=3), Unit("Hz")] = 0.5
    """Waves a second."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    unit = moment.unit
    return () if params.height_px == 0 else (Wave(params.height_px * unit, params.length_px * unit, params.rate_hz * moment.seconds),)
