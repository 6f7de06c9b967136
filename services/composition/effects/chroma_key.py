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


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    colour: HexColour = "#00B140"
    """Of the screen."""
    tolerance: Annotated[float, Interval(ge=0, le=100), Unit("%")] = 35.0
    """Up to which distance from the screen's colour nothing stays; 100 is the distance of the colour from grey."""
    softness: Annotated[float, Interval(ge=1, le=100), Unit("%")] = 25.0
    """From there to where all stays."""
    spill: Share = 0.6
    """How much of the screen's reflection is taken out of what stays."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    _, u, v = grading.levels_of(params.colour)
    far = max(8.0, ((u - 128) ** 2 + (v - 128) ** 2) ** 0.5) / 100
    return (ChromaKey(u - 128, v - 128, params.tolerance * far, params.softness * far, params.spill),)
