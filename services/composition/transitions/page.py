"""The old picture is drawn away like a sheet of paper and throws its shadow on the new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.beam import Beam
from services.composition.filters.patterns import Linear
from services.composition.transitions import ANGLES_DEG, STEPS, Direction, Placement, ease

TITLE = "Page"

SHADOW = (16.0, 128.0, 128.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    direction: Direction = "left"
    """Where the old picture moves to."""
    shadow: Annotated[float, Interval(ge=0, le=1)] = 0.7
    """How dark the shadow is at the edge, 0..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    at, (across, down) = ease(progress), STEPS[params.direction]
    sheet = Placement(shift_x=across * at, shift_y=down * at, above=True)
    # The shadow lies just behind the sheet's trailing edge, and is gone where the sheet is.
    edge = Beam(Linear(ANGLES_DEG[params.direction]), at, 0.05 + 0.05 * at, SHADOW, params.shadow * min(1.0, 6 * (1 - progress)))
    return sheet, Placement(filters=(edge,))
