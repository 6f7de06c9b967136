"""Darker corners, so that the eye stays in the middle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from annotated_types import Interval

from services.composition.moment import Moment
from services.composition.recipe import Look

TITLE = "Vignette"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    strength: Annotated[float, Interval(ge=0, le=1)] = 0.2
    """How much darker the corners are, 0..1."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    """Two vignettes multiply, to first order: what one leaves, the other takes its share of."""
    return replace(look, vignette=1 - (1 - look.vignette) * (1 - params.strength))
