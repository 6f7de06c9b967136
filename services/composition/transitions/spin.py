"""The camera turns about its axis, fastest where the pictures change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval, Unit

from libs.common.media.timeline import Canvas
from services.composition.filters.fling import Fling
from services.composition.transitions import Placement

TITLE = "Spin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    turn: Literal["clockwise", "anticlockwise"] = "clockwise"
    """Which way it turns."""
    angle_deg: Annotated[float, Interval(ge=10, le=180), Unit("deg")] = 75.0
    """How far each picture turns."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    way = 1 if params.turn == "clockwise" else -1
    if progress < 0.5:
        at = (2 * progress) ** 3
        return Placement(filters=(Fling(way * params.angle_deg * at, 1 + 0.35 * at),)), Placement(mix=0.0)
    at = (2 - 2 * progress) ** 3
    return Placement(mix=0.0), Placement(filters=(Fling(-way * params.angle_deg * at, 1 + 0.35 * at),))
