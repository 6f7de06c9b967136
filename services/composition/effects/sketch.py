"""Drawn with a pencil: lines where light changes, paper elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.filters.base import Filter
from services.composition.filters.tone import Sketch
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Pencil sketch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    line: Share = 0.45
    """How broad the lines are."""
    colour: Share = 0.15
    """How much of the colours stays, like coloured pencils."""
    amount: Share = 1.0
    """0 leaves the picture alone, at 1 only the drawing is left."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    if params.amount == 0:
        return ()
    return (Sketch(sigma=max(0.8, (3 + 14 * params.line) * moment.unit), darkness=2.2, colour=params.colour, amount=params.amount),)
