"""Clear and technical: blue light, a little less colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from services.composition.effects import grade
from services.composition.moment import Moment
from services.composition.recipe import Look

TITLE = "Cool"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Annotated[float, Interval(ge=0, le=1)] = 0.5
    """0 leaves the picture alone, 1 is the strongest."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    k = params.amount
    return grade.look(look, grade.Params(contrast=0.15 * k, saturation=1 - 0.1 * k, warmth=-0.6 * k), moment)
