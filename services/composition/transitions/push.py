"""The new picture pushes the old one away, as a thumb does."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.timeline import Canvas
from services.composition.transitions import STEPS, Direction, Placement, glide

TITLE = "Push"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    direction: Direction = "up"
    """Where both pictures move to."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    at, (across, down) = glide(progress), STEPS[params.direction]
    outgoing = Placement(shift_x=across * at, shift_y=down * at)
    return outgoing, Placement(shift_x=across * (at - 1), shift_y=down * (at - 1))
