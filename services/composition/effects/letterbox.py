"""Bars of another format, above and below or at the sides; they may close in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition import grading
from services.composition.filters.bars import Bars
from services.composition.filters.base import Filter
from services.composition.moment import Moment
from services.composition.param_types import HexColour
from services.composition.transitions import ease

TITLE = "Letterbox"
SHOWN_AT = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    aspect: Annotated[float, Interval(ge=0.3, le=4)] = 1.0
    """Width over height of what stays open; as wide as the canvas or as high. 2.39 is wide-screen cinema, 1 a square."""
    close_s: Annotated[float, Interval(ge=0, le=5), Unit("s")] = 0.5
    """In which the bars come in; 0 has them there from the start."""
    colour: HexColour = "#000000"
    """Of the bars."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    width, height = moment.width_px, moment.height_px
    sideways = params.aspect < width / height
    size = (width - height * params.aspect) / 2 if sideways else (height - width / params.aspect) / 2
    if params.close_s > 0:
        size *= ease(min(1.0, max(0.0, (moment.seconds + 1 / float(moment.rate)) / params.close_s)))
    return () if size < 0.25 else (Bars(size, sideways, *grading.levels_of(params.colour)),)
