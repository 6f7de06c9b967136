"""Moonlight from a day shot: dark, blue, with the highlights held down."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Day for night"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.85
    """0 leaves the picture alone, 1 is the strongest."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    def shape(t: float) -> float:
        return 0.56 * float(t**1.35)

    night = grading.chroma(grading.luma(look, shape), saturation=0.42, u=15, v=-9)
    return grading.mixed(look, grading.darker_corners(night, 0.35), params.amount)
