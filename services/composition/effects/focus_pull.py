"""The lens finds its focus: soft at first, then sharp."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.blur import Blur
from services.composition.moment import Moment
from services.composition.param_types import Pixels

TITLE = "Focus pull"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    radius_px: Pixels = 26.0
    """Sigma of the Gaussian at the start, at a short side of 1080; 0 leaves the picture alone."""
    duration_s: Annotated[float, Interval(ge=0.1, le=10), Unit("s")] = 0.8
    """Until it is sharp."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    left = 1 - moment.seconds / params.duration_s
    sigma = params.radius_px * moment.unit * min(1.0, max(0.0, left)) ** 2
    return () if sigma < 0.2 else (Blur(sigma, sigma),)
