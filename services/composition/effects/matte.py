"""Matte print: blacks are lifted to a soft grey, the middle keeps its contrast."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Matte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.8
    """0 leaves the picture alone, 1 is the strongest."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    def shape(t: float) -> float:
        lifted = 0.12 + 0.88 * t if t > 0.12 else 0.12 + t * t * 3.67 + 0.44 * t  # a toe that meets the line with its slope
        return 0.985 * grading.contrasted(lifted, 0.16)

    return grading.mixed(look, grading.chroma(grading.luma(look, shape), saturation=0.88), params.amount)
