"""Bleach bypass: silver left in the print. Hard contrast over half the colour."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Bleach bypass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.8
    """0 leaves the picture alone, 1 is the strongest."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    def shape(t: float) -> float:
        return grading.contrasted(t, 0.8)

    silver = grading.chroma(grading.luma(look, shape), saturation=0.42, u=1.5, v=-1.5)
    return grading.mixed(look, silver, params.amount)
