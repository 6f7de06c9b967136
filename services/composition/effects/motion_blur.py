"""Smeared along one way, as in a pan that is too quick for the shutter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.composition.filters.base import Filter
from services.composition.filters.blur import Blur
from services.composition.moment import Moment
from services.composition.param_types import Pixels

TITLE = "Motion blur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    length_px: Pixels = 60.0
    """Of the smear, at a short side of 1080; 0 leaves the picture alone."""
    way: Literal["horizontal", "vertical"] = "horizontal"
    """Along which it is smeared."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    """A Gaussian as broad as a box of that length: its sigma is the length over the square root of twelve."""
    sigma = params.length_px * moment.unit / 12**0.5
    if sigma == 0:
        return ()
    return (Blur(sigma, 0.0) if params.way == "horizontal" else Blur(0.0, sigma),)
