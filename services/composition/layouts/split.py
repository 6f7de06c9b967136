"""Two to four clips side by side or one above the other; the first may be larger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas, Place
from services.composition.layouts import Gap, place_of, spans

TITLE = "Split"
COUNTS = (2, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    way: Literal["auto", "rows", "columns"] = "auto"
    """`rows` lie one above the other, `columns` stand side by side; `auto` cuts the long side."""
    gap: Gap = 8.0
    """Between the clips; black shows there, or what lies below."""
    first: Annotated[float, Interval(ge=0.25, le=0.75)] = 0.5
    """The first clip's share of the canvas; of two clips only, more are of one size."""


def arrange(count: int, params: Params, canvas: Canvas) -> tuple[Place, ...]:
    width, height = canvas.width_px, canvas.height_px
    rows = height >= width if params.way == "auto" else params.way == "rows"
    shares = [params.first, 1 - params.first] if count == 2 else [1.0] * count
    parts = spans(height if rows else width, shares, params.gap * min(width, height) / 1080)
    if rows:
        return tuple(place_of(0, top, width, bottom, canvas) for top, bottom in parts)
    return tuple(place_of(left, 0, right, height, canvas) for left, right in parts)
