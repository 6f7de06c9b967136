"""Black and white."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from services.composition.effects import grade
from services.composition.moment import Moment
from services.composition.recipe import Look

TITLE = "Black and white"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Annotated[float, Interval(ge=0, le=1)] = 1.0
    """1 takes all colour out, 0 none."""
    contrast: Annotated[float, Interval(ge=-1, le=1)] = 0.15
    """S-curve around middle grey where all colour is out, -1..1."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    return grade.look(look, grade.Params(saturation=1 - params.amount, contrast=params.contrast * params.amount), moment)
