"""A hand turns once about the middle and leaves the new picture behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval, Unit

from libs.common.media.timeline import Canvas
from services.composition.filters.patterns import Clock
from services.composition.filters.reveal import Reveal
from services.composition.transitions import Placement, ease

TITLE = "Clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    turn: Literal["clockwise", "anticlockwise"] = "clockwise"
    """Which way the hand turns."""
    start_deg: Annotated[float, Interval(ge=-360, le=360), Unit("deg")] = -90.0
    """Where the hand stands first: -90 is twelve o'clock, 0 three."""
    softness: Annotated[float, Interval(ge=0, le=1)] = 0.03
    """Width of the hand, as a share of a turn; 0 is sharp."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    hand = Reveal(Clock(params.start_deg), ease(progress), params.softness, backwards=params.turn == "anticlockwise")
    return Placement(), Placement(filters=(hand,))
