"""Slats open all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.patterns import Blinds
from services.composition.filters.reveal import Reveal
from services.composition.transitions import ANGLES_DEG, Direction, Placement, ease

TITLE = "Blinds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    direction: Direction = "down"
    """Where the edge of each slat runs to."""
    count: Annotated[int, Interval(ge=2, le=40)] = 8
    """How many slats there are."""
    softness: Annotated[float, Interval(ge=0, le=1)] = 0.15
    """Width of each edge, as a share of a slat; 0 is sharp."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    return Placement(), Placement(filters=(Reveal(Blinds(params.count, ANGLES_DEG[params.direction]), ease(progress), params.softness),))
