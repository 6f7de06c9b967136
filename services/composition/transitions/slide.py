"""The new picture slides in over the old one, which gives way a little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.transitions import STEPS, Direction, Placement, glide

TITLE = "Slide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    direction: Direction = "left"
    """Where the new picture moves to."""
    depth: Annotated[float, Interval(ge=0, le=1)] = 0.25
    """How far the old picture goes along, as a share of the way."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    at, (across, down) = glide(progress), STEPS[params.direction]
    outgoing = Placement(shift_x=across * params.depth * at, shift_y=down * params.depth * at)
    return outgoing, Placement(shift_x=across * (at - 1), shift_y=down * (at - 1))
