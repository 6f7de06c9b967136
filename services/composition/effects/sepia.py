"""An old photograph: brown for colour, black that is not quite black."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Sepia"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.9
    """0 leaves the picture alone, 1 is the strongest."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    def shape(t: float) -> float:
        return 0.03 + 0.95 * grading.contrasted(t, 0.25)

    brown = grading.chroma(grading.luma(look, shape), saturation=0.06, u=-13, v=9)
    return grading.mixed(look, grading.darker_corners(brown, 0.18), params.amount)
