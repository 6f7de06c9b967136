"""A screen print: a few flat steps of light, fuller colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from services.composition import grading
from services.composition.filters.base import Filter
from services.composition.filters.tone import Steps
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Posterise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    steps: Annotated[int, Interval(ge=2, le=16)] = 5
    """Of brightness."""
    amount: Share = 1.0
    """0 leaves the picture alone, at 1 only the steps are left."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    return grading.mixed(look, grading.chroma(look, saturation=1.3), params.amount)


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    return () if params.amount == 0 else (Steps(params.steps, soft=0.12, amount=params.amount),)
