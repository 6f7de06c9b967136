"""A sharp band between soft ends: a small world, or a product with nothing to distract from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from services.composition.filters.base import Filter
from services.composition.filters.blur import BlurOutside
from services.composition.moment import Moment
from services.composition.param_types import Pixels, Share

TITLE = "Tilt-shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    radius_px: Pixels = 14.0
    """Sigma of the Gaussian at the ends, at a short side of 1080; 0 leaves the picture alone."""
    middle: Share = 0.5
    """Where the sharp band lies, from the top, as a share of the height."""
    sharp: Share = 0.32
    """Height of the band, as a share of the picture's."""
    slope: Annotated[float, Interval(ge=0.05, le=1)] = 0.28
    """Over which share of the height it softens."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    sigma = params.radius_px * moment.unit
    return () if sigma == 0 else (BlurOutside(sigma, params.middle, params.sharp / 2, params.slope),)
