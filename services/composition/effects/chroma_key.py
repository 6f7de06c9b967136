"""Takes one colour out, so that the tracks below show: for clips before a green or blue screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition import grading
from services.composition.filters.base import Filter
from services.composition.filters.key import ChromaKey
from services.composition.moment import Moment
from services.composition.param_types import HexColour, Share

TITLE = "Chroma key"


LEAST_CHROMA = 8.0
"""Levels: a grey is no key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    colour: HexColour = "#00B140"
    """Of the screen. It must have a hue: with a grey nothing is taken out."""
    tolerance: Annotated[float, Interval(ge=0, le=95), Unit("%")] = 35.0
    """How far from the screen's colour a pixel may be and still goes wholly; 100 is as far as grey."""
    softness: Annotated[float, Interval(ge=1, le=100), Unit("%")] = 30.0
    """From there to where all stays."""
    spill: Share = 0.9
    """How much of the screen's reflection is taken out of what stays."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    _, u, v = (level - 128 for level in grading.levels_of(params.colour))
    if u * u + v * v < LEAST_CHROMA**2:
        return ()
    gone_from = 1 - params.tolerance / 100
    return (ChromaKey(u, v, gone_from, gone_from - params.softness / 100, params.spill),)
