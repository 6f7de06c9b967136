"""A circle opens on the new picture, or closes on the old one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.patterns import Circle
from services.composition.filters.reveal import Reveal
from services.composition.transitions import Placement, ease

TITLE = "Iris"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    way: Literal["open", "close"] = "open"
    """`open` grows the new picture, `close` shrinks the old one."""
    x: Annotated[float, Interval(ge=0, le=1)] = 0.5
    """Middle of the circle, as a share of the width."""
    y: Annotated[float, Interval(ge=0, le=1)] = 0.5
    """As a share of the height."""
    softness: Annotated[float, Interval(ge=0, le=1)] = 0.04
    """Width of the edge, as a share of its way; 0 is sharp."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    closes, at = params.way == "close", ease(progress)
    return Placement(), Placement(filters=(Reveal(Circle(params.x, params.y), at, params.softness, backwards=closes),))
