"""Exposure, contrast, colour and warmth: the gentle grade of a mood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import Around
from services.composition.recipe import Look

TITLE = "Grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    exposure: Around = 0.0
    """Brighter or darker, -1..1; 0.1 lifts middle grey by about 8 levels and leaves black and white alone."""
    contrast: Around = 0.0
    """S-curve around middle grey, -1..1."""
    saturation: Annotated[float, Interval(ge=0, le=2)] = 1.0
    """Strength of the colours, 0..2."""
    warmth: Around = 0.0
    """Towards amber above 0, towards blue below; -1..1."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    """Luma bends by a parabola and a cubic that both keep the ends; chroma scales about no colour and shifts by up to 16 levels."""

    def shape(t: float) -> float:
        t += params.exposure * 1.4 * t * (1 - t)
        return grading.contrasted(t, 2 * params.contrast)

    shift = 16 * params.warmth
    return grading.chroma(grading.luma(look, shape), saturation=params.saturation, u=-shift, v=0.7 * shift)
