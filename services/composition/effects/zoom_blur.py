"""Streaks that run into the picture, sharp in the middle: speed towards what matters."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.filters.base import Filter
from services.composition.filters.streak import ZoomBlur
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Zoom blur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.45
    """Length of the streaks; 0 leaves the picture alone."""
    x: Share = 0.5
    """Where they run to, from the left, as a share of the width."""
    y: Share = 0.5
    """From the top, as a share of the height."""
    sharp: Share = 0.22
    """Radius that stays sharp, as a share of the half diagonal."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    return () if params.amount == 0 else (ZoomBlur(0.36 * params.amount, params.x, params.y, params.sharp),)
