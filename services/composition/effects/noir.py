"""Hard black and white with deep shadows, as in a crime film."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Noir"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 1.0
    """0 leaves the picture alone, 1 is the strongest."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    def shape(t: float) -> float:
        return grading.contrasted(grading.contrasted(t**1.12, 0.85), 0.55)

    black = grading.chroma(grading.luma(look, shape), saturation=0.0)
    return grading.mixed(look, grading.darker_corners(black, 0.38), params.amount)
