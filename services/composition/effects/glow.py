"""Bright places shine over their edges: dreamy, warm, a little glamorous."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.light import Glow
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Glow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.5
    """0 leaves the picture alone, 1 is the strongest."""
    radius_px: Annotated[float, Interval(ge=4, le=120), Unit("px")] = 28.0
    """How far it shines, at a short side of 1080."""
    above: Annotated[float, Interval(ge=0, le=0.95)] = 0.55
    """From which brightness on, 0..1."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    return () if params.amount == 0 else (Glow(max(2.0, params.radius_px * moment.unit), params.amount, params.above),)
