"""Two colours for everything: one for the dark, one for the light."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.filters.base import Filter
from services.composition.filters.tone import Toned
from services.composition.moment import Moment
from services.composition.param_types import HexColour, Share
from services.composition.recipe import KNOTS, STEP, Look

TITLE = "Duotone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    dark: HexColour = "#1B1464"
    """Where the picture is black."""
    bright: HexColour = "#FFC48C"
    """Where the picture is white."""
    amount: Share = 1.0
    """0 leaves the picture alone, at 1 no other colour is left."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    low, high = ((grading.levels_of(colour)[0] - 16) / 219 for colour in (params.dark, params.bright))
    return grading.mixed(look, grading.luma(look, lambda t: low + (high - low) * grading.contrasted(t, 0.25)), params.amount)


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    """Luma has been brought between the two by then: the colour goes with it."""
    if params.amount == 0:
        return ()
    dark, bright = grading.levels_of(params.dark), grading.levels_of(params.bright)
    span = bright[0] - dark[0]
    shares = [min(1.0, max(0.0, (STEP * knot - dark[0]) / span)) if abs(span) > 1 else 0.5 for knot in range(KNOTS)]
    u, v = (tuple(dark[plane] + (bright[plane] - dark[plane]) * t for t in shares) for plane in (1, 2))
    return (Toned(u=u, v=v, amount=params.amount),)
