"""Dots of print, as on a comic page: the darker, the larger. Colours stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition import grading
from services.composition.filters.base import Filter
from services.composition.filters.texture import Halftone
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Halftone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    dot_px: Annotated[float, Interval(ge=4, le=60), Unit("px")] = 13.0
    """From dot to dot, at a short side of 1080."""
    angle_deg: Annotated[float, Interval(ge=0, le=90), Unit("°")] = 45.0
    """Of the rows of dots."""
    amount: Share = 1.0
    """0 leaves the picture alone, at 1 only the dots are left."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    return grading.mixed(look, grading.chroma(look, saturation=1.35), params.amount)


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    return () if params.amount == 0 else (Halftone(max(3.0, params.dot_px * moment.unit), params.angle_deg, params.amount),)
