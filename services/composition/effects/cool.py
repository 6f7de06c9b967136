"""Clear and technical: blue light, a little less colour."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.effects import grade
from services.composition.recipe import Look

TITLE = "Cool"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: float = 0.5
    """0 leaves the picture alone, 1 is the strongest."""


def apply(look: Look, params: Params) -> Look:
    k = params.amount
    return grade.apply(look, grade.Params(contrast=0.15 * k, saturation=1 - 0.1 * k, warmth=-0.6 * k))
