"""One large clip and a strip of small ones beside it: a presenter and what is talked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas, Place
from services.composition.layouts import Gap, place_of, spans

TITLE = "Panels"
COUNTS = (2, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    side: Literal["bottom", "top", "left", "right"] = "bottom"
    """Where the strip lies."""
    share: Annotated[float, Interval(ge=0.15, le=0.5)] = 0.3
    """The strip's share of the canvas."""
    gap: Gap = 8.0
    """Between the clips."""


def arrange(count: int, params: Params, canvas: Canvas) -> tuple[Place, ...]:
    width, height = canvas.width_px, canvas.height_px
    gap_px = params.gap * min(width, height) / 1080
    lying = params.side in ("bottom", "top")
    strip_first = params.side in ("top", "left")
    shares = [params.share, 1 - params.share] if strip_first else [1 - params.share, params.share]
    parts = spans(height if lying else width, shares, gap_px)
    large, strip = (parts[1], parts[0]) if strip_first else (parts[0], parts[1])
    small = spans(width if lying else height, [1.0] * (count - 1), gap_px)
    if lying:
        return (
            place_of(0, large[0], width, large[1], canvas),
            *(place_of(left, strip[0], right, strip[1], canvas) for left, right in small),
        )
    return place_of(large[0], 0, large[1], height, canvas), *(place_of(strip[0], top, strip[1], bottom, canvas) for top, bottom in small)
