"""The new picture is uncovered by a slanting edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from libs.common.media.timeline import Canvas
from services.composition.filters.patterns import Linear
from services.composition.filters.reveal import Reveal
from services.composition.transitions import Placement, ease

TITLE = "Diagonal wipe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    angle_deg: Annotated[float, Interval(ge=-360, le=360), Unit("deg")] = 35.0
    """The way of the edge: 0 runs to the right, 90 downwards."""
    softness: Annotated[float, Interval(ge=0, le=1)] = 0.08
    """Width of the edge, as a share of its way; 0 is sharp."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    return Placement(), Placement(filters=(Reveal(Linear(params.angle_deg), ease(progress), params.softness),))
