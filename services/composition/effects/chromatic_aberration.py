"""Red and blue part towards the corners, as in a fast old lens."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.filters.base import Filter
from services.composition.filters.split import Split
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Chromatic aberration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.4
    """How far; 0 leaves the picture alone, at 1 they part by 2 % of the distance from the middle each."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    return () if params.amount == 0 else (Split(0.02 * params.amount),)
