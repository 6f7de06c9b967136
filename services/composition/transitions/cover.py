"""The new picture slides over the old one, which stays where it is and goes dim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.transitions import STEPS, Direction, Placement, glide

TITLE = "Cover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    direction: Direction = "left"
    """Where the new picture moves to."""
    dim: Annotated[float, Interval(ge=0, le=1)] = 0.4
    """How dark the old picture gets, 0..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    at, (across, down) = glide(progress), STEPS[params.direction]
    return Placement(tint=params.dim * at), Placement(shift_x=across * (at - 1), shift_y=down * (at - 1))
