"""Regular flashes of light. Never more than three a second, the limit of WCAG 2.2 (criterion 2.3.1), above which flashes can harm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import HexColour, Share
from services.composition.recipe import Look

TITLE = "Strobe"
SHOWN_AT = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    rate_hz: Annotated[float, Interval(ge=0.2, le=3), Unit("Hz")] = 2.0
    """Flashes a second."""
    amount: Share = 0.6
    """How bright they are, 0..1."""
    colour: HexColour = "#FFFFFF"
    """Of the light."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    """Each flash comes at once and dies away over two fifths of its period, as a parabola."""
    phase = moment.seconds * params.rate_hz % 1
    if phase >= 0.4:
        return look
    return grading.covered(look, params.colour, params.amount * (1 - phase / 0.4) ** 2)
