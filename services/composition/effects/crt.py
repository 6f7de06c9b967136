"""An old television: rows, a bulging glass, colours a little beside each other, a bar that rolls."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.filters.base import Filter
from services.composition.filters.bend import Bulge
from services.composition.filters.split import ColourSmear
from services.composition.filters.texture import Scanlines
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Picture tube"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.6
    """0 leaves the picture alone, 1 is the strongest."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    bright = grading.chroma(grading.luma(look, lambda t: t + 0.5 * t * (1 - t)), saturation=1.15, u=2)
    return grading.mixed(look, grading.darker_corners(bright, 0.35), params.amount)


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    if params.amount == 0:
        return ()
    k = params.amount
    rows = Scanlines(max(3.0, 6 * moment.unit), 0.55 * k, moment.seconds * 0.23 % 1)
    return Bulge(0.06 * k), ColourSmear(8 * k * moment.unit, 5 * k * moment.unit), rows
