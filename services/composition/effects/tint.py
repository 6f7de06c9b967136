"""A glass of one colour before the lens: light and dark stay as they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import HexColour, Share
from services.composition.recipe import Look

TITLE = "Tint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    colour: HexColour = "#C8642D"
    """Of the glass."""
    amount: Share = 0.35
    """0 leaves the picture alone, at 1 no other colour is left."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    return replace(grading.covered(look, params.colour, params.amount), y=look.y, vignette=look.vignette)
