"""The old picture falls into blocks, and the new one out of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.texture import Mosaic
from services.composition.transitions import Placement, bump, ease

TITLE = "Pixelate through"

MOST_SHARE = 0.12
"""Side of the largest block, as a share of the short side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    strength: Annotated[float, Interval(ge=0.1, le=1)] = 0.5
    """How large the blocks get, 0.1..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    block = 2 * round(params.strength * MOST_SHARE * min(canvas.width_px, canvas.height_px) * bump(progress) / 2)
    blocks = (Mosaic(block),) if block >= 2 else ()
    at = ease(min(1.0, max(0.0, (progress - 0.35) / 0.3)))
    return Placement(filters=blocks if at < 1 else ()), Placement(mix=at, filters=blocks)
