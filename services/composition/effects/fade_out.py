"""Goes down into a plain colour at the end of the clip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import HexColour
from services.composition.recipe import Look
from services.composition.transitions import ease

TITLE = "Fade out"
SHOWN_AT = 0.86


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    duration_s: Annotated[float, Interval(ge=0.1, le=10), Unit("s")] = 0.6
    """From the first change to nothing but the colour."""
    colour: HexColour = "#000000"
    """Black, white, or the colour of a brand."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    there = float((moment.length - 1 - moment.frame) / moment.rate) / params.duration_s
    return look if there >= 1 else grading.covered(look, params.colour, 1 - ease(max(0.0, there)))
