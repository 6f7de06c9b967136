"""One flash of light that dies away, as of a camera: for the moment a product appears."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import HexColour, Share
from services.composition.recipe import Look

TITLE = "Flash"
SHOWN_AT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    at_s: Annotated[float, Interval(ge=0, le=600), Unit("s")] = 0.0
    """When it flashes, from the start of the clip."""
    fade_s: Annotated[float, Interval(ge=0.1, le=3), Unit("s")] = 0.4
    """Until the picture is back."""
    amount: Share = 0.9
    """How bright it is; at 1 nothing but the colour is left for a frame."""
    colour: HexColour = "#FFFFFF"
    """Of the light."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    since = (moment.seconds - params.at_s) / params.fade_s
    if not 0 <= since < 1:
        return look
    return grading.covered(look, params.colour, params.amount * (1 - since) * math.exp(-2.2 * since))
