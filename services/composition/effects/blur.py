"""Soft focus over everything: a ground for text."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.filters.base import Filter
from services.composition.filters.blur import Blur
from services.composition.moment import Moment
from services.composition.param_types import Pixels

TITLE = "Blur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    radius_px: Pixels = 18.0
    """Sigma of the Gaussian, at a short side of 1080; 0 leaves the picture alone."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    sigma = params.radius_px * moment.unit
    return () if sigma == 0 else (Blur(sigma, sigma),)
