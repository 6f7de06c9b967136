"""Exposure, contrast, colour and warmth: the gentle grade of a mood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from annotated_types import Interval

from services.composition.effects import bent
from services.composition.moment import Moment
from services.composition.recipe import Look

TITLE = "Grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    exposure: Annotated[float, Interval(ge=-1, le=1)] = 0.0
    """Brighter or darker, -1..1; 0.1 lifts middle grey by about 8 levels and leaves black and white alone."""
    contrast: Annotated[float, Interval(ge=-1, le=1)] = 0.0
    """S-curve around middle grey, -1..1."""
    saturation: Annotated[float, Interval(ge=0, le=2)] = 1.0
    """Strength of the colours, 0..2."""
    warmth: Annotated[float, Interval(ge=-1, le=1)] = 0.0
    """Towards amber above 0, towards blue below; -1..1."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    """Luma bends by a parabola and a cubic that both keep the ends; chroma scales about no colour and shifts by up to 16 levels."""

    def luma(level: float) -> float:
        t = min(1.0, max(0.0, (level - 16) / 219))
        t += params.exposure * 1.4 * t * (1 - t)
        t += params.contrast * 2 * t * (1 - t) * (2 * t - 1)
        return 16 + 219 * t

    def chroma(level: float, shift: float) -> float:
        return 128 + (level - 128) * params.saturation + shift

    shift = 16 * params.warmth
    return replace(
        look,
        y=bent(look.y, luma, high=235),
        u=bent(look.u, lambda level: chroma(level, -shift)),
        v=bent(look.v, lambda level: chroma(level, 0.7 * shift)),
    )
