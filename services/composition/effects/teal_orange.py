"""The cinema's pair: shadows turn to teal, skin and light to orange."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.filters.base import Filter
from services.composition.filters.tone import Toned
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import KNOTS, STEP, Look

TITLE = "Teal and orange"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.6
    """0 leaves the picture alone, 1 is the strongest."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    return grading.mixed(look, grading.luma(look, lambda t: grading.contrasted(t, 0.35)), params.amount)


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    return () if params.amount == 0 else (Toned(u=_SPLIT_U, v=_SPLIT_V, keep=0.92, amount=params.amount),)


def _split(dark: float, bright: float) -> tuple[float, ...]:
    """No colour at black and at white, `dark` levels of it in the shadows and `bright` in the lights, smooth between."""
    shares = [min(1.0, max(0.0, (STEP * knot - 16) / 219)) for knot in range(KNOTS)]
    return tuple(128 + dark * 6.75 * t * (1 - t) ** 2 + bright * 6.75 * t * t * (1 - t) for t in shares)


_SPLIT_U, _SPLIT_V = _split(11, -15), _split(-15, 14)
