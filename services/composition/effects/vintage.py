"""Film that has lain in a drawer: lifted blacks, soft whites, colours a little faded and warm."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Vintage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.8
    """0 leaves the picture alone, 1 is the strongest."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    def shape(t: float) -> float:
        return 0.085 + 0.855 * grading.contrasted(t, 0.3)

    faded = grading.chroma(grading.luma(look, shape), saturation=0.74, u=-6, v=4)
    return grading.mixed(look, grading.darker_corners(faded, 0.22), params.amount)
