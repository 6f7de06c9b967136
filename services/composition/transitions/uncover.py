"""The old picture slides away and the new one was there below, coming up from the dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.transitions import STEPS, Direction, Placement, ease

TITLE = "Uncover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    direction: Direction = "left"
    """Where the old picture moves to."""
    dim: Annotated[float, Interval(ge=0, le=1)] = 0.4
    """How dark the new picture is at first, 0..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    at, (across, down) = ease(progress), STEPS[params.direction]
    return Placement(shift_x=across * at, shift_y=down * at, above=True), Placement(tint=params.dim * (1 - at))
