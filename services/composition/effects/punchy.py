"""Strong, clean contrast and fuller colours: for products that should stand out."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Punchy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.6
    """0 leaves the picture alone, 1 is the strongest."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    def shape(t: float) -> float:
        return grading.contrasted(t, 0.75)

    return grading.mixed(look, grading.chroma(grading.luma(look, shape), saturation=1.28), params.amount)
