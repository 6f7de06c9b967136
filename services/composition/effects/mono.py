"""Black and white."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.effects import grade
from services.composition.recipe import Look

TITLE = "Black and white"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: float = 1.0
    """1 takes all colour out, 0 none."""
    contrast: float = 0.15
    """S-curve around middle grey, -1..1."""


def apply(look: Look, params: Params) -> Look:
    return grade.apply(look, grade.Params(saturation=1 - params.amount, contrast=params.contrast))
