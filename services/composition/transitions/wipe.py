"""The new picture is uncovered by a straight edge that runs across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.patterns import Linear
from services.composition.filters.reveal import Reveal
from services.composition.transitions import ANGLES_DEG, Direction, Placement, ease

TITLE = "Wipe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    direction: Direction = "right"
    """Where the edge runs to."""
    softness: Annotated[float, Interval(ge=0, le=1)] = 0.0
    """Width of the edge, as a share of its way; 0 is sharp."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    if params.softness > 0:
        return Placement(), Placement(filters=(Reveal(Linear(ANGLES_DEG[params.direction]), ease(progress), params.softness),))
    at = ease(progress)
    first, last = (0.0, at) if params.direction in ("right", "down") else (1 - at, 1.0)
    if params.direction in ("left", "right"):
        return Placement(), Placement(left=first, right=last)
    return Placement(), Placement(top=first, bottom=last)
