"""Fine grain that lives: most in the middle tones, none on black and white."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.texture import Grain
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Film grain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.35
    """0 leaves the picture alone, 1 is a very fast film."""
    size_px: Annotated[float, Interval(ge=1, le=8), Unit("px")] = 2.0
    """Of a grain, at a short side of 1080."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    if params.amount == 0:
        return ()
    size = params.size_px * moment.unit  # a grain smaller than a pixel is seen as the mean of many
    return (Grain(22 * params.amount * min(1.0, size), max(1.0, size), moment.seed * 100_003 + moment.frame),)
