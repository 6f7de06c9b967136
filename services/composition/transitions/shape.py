"""The new picture opens in a shape: a heart, a star, a diamond or a hexagon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.patterns import Shape, ShapeName
from services.composition.filters.reveal import Reveal
from services.composition.transitions import Placement, ease

TITLE = "Shape"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    shape: ShapeName = "heart"
    """The outline."""
    way: Literal["open", "close"] = "open"
    """`open` grows the new picture, `close` shrinks the old one."""
    softness: Annotated[float, Interval(ge=0, le=1)] = 0.01
    """Width of the edge, as a share of its way; 0 is sharp."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    closes = params.way == "close"
    at = 1 - (1 - ease(progress)) ** 1.3 if closes else ease(progress) ** 1.3
    return Placement(), Placement(filters=(Reveal(Shape(params.shape), at, params.softness, backwards=closes),))
