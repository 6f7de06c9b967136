"""Warm light that wanders over the rim, as if the camera's back were not quite closed."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.chance import wander
from services.composition.filters.base import Filter
from services.composition.filters.light import Leak
from services.composition.moment import Moment
from services.composition.param_types import HexColour, Share

TITLE = "Light leak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.6
    """0 leaves the picture alone, 1 is the strongest."""
    colour: HexColour = "#FF6A1E"
    """Of the light at its rim; its heart is paler."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    """Two lights that breathe and wander: a broad one at one side, a narrow one at the other."""
    if params.amount == 0:
        return ()
    t, seed = moment.seconds, moment.seed
    _, u, v = grading.levels_of(params.colour)
    breath = [0.82 + 0.18 * wander(t, 0.9, seed, number) for number in range(2)]
    drift = [wander(t, 0.5, seed, number) for number in range(2, 6)]
    broad = Leak(
        1.02 + 0.08 * drift[0], 0.3 + 0.14 * drift[1], 0.3, 0.75, 62 + 8 * drift[2], params.amount * breath[0] * 1.3, u - 128, v - 128
    )
    narrow = Leak(-0.02 + 0.06 * drift[3], 0.78 + 0.08 * drift[2], 0.14, 0.6, -24, 0.9 * params.amount * breath[1], u - 122, v - 124)
    return broad, narrow
