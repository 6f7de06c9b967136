"""A signal that breaks up now and then: torn rows, colours apart. Between the bursts the picture is whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.chance import chance
from services.composition.filters.base import Filter
from services.composition.filters.split import ColourSmear, Split
from services.composition.filters.tear import Tear
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Glitch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    amount: Share = 0.5
    """How far rows and colours are torn; 0 leaves the picture alone."""
    bursts_hz: Annotated[float, Interval(ge=0.1, le=3), Unit("Hz")] = 1.2
    """Bursts a second."""


BURST = 0.34
"""Share of its period that a burst lasts."""
STEP_HZ = 12
"""Changes a second within a burst."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    if params.amount == 0:
        return ()
    at = moment.seconds * params.bursts_hz
    burst = int(at // 1)
    begin = (1 - BURST) * chance(moment.seed, burst, 1)
    if not begin <= at - burst < begin + BURST:
        return ()
    step = int(moment.seconds * STEP_HZ // 1)
    strength = params.amount * (0.4 + 0.6 * chance(moment.seed, step, 2))
    seed = int(chance(moment.seed, step, 3) * 2**31)
    side = 1 if seed % 2 else -1
    if chance(moment.seed, step, 4) < 0.3:
        return (Split(0.0, shift_x=(22 * strength + 4) * moment.unit * side),)
    return Tear(110 * strength * moment.unit, 14, seed), ColourSmear(0.0, (30 * strength + 6) * moment.unit * side)
