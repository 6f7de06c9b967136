"""Crisper texture, without rings at the edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.blur import Sharpen
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Sharpen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.5
    """0 leaves the picture alone, 1 doubles its fine detail and more."""
    radius_px: Annotated[float, Interval(ge=0.5, le=10), Unit("px")] = 1.6
    """Sigma of what counts as detail, at a short side of 1080."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    return () if params.amount == 0 else (Sharpen(max(0.7, params.radius_px * moment.unit), 1.6 * params.amount),)
