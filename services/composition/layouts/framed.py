"""One to three clips as cards with room around them, as prints on a table; the ground of the main track shows between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas, Effect, Place
from services.composition.layouts import Gap, place_of, spans

TITLE = "Framed"
COUNTS = (2, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    margin: Gap = 72.0
    """Around the cards."""
    gap: Gap = 36.0
    """Between them."""
    radius: Annotated[float, Interval(ge=0, le=0.5)] = 0.05
    """Of their corners, as a share of the short side."""


def arrange(count: int, params: Params, canvas: Canvas) -> tuple[Place, ...]:
    """The first clip is the ground, such as a plain colour. The others lie on it: one above the other, or side by side where it is wide."""
    width, height = canvas.width_px, canvas.height_px
    unit = min(width, height) / 1080
    across, down = (spans(side, [1.0], 0, params.margin * unit)[0] for side in (width, height))
    if height >= width:
        parts = spans(height, [1.0] * (count - 1), params.gap * unit, params.margin * unit)
        return Place(), *(place_of(across[0], top, across[1], bottom, canvas) for top, bottom in parts)
    parts = spans(width, [1.0] * (count - 1), params.gap * unit, params.margin * unit)
    return Place(), *(place_of(left, down[0], right, down[1], canvas) for left, right in parts)


def effects(count: int, params: Params, canvas: Canvas) -> tuple[tuple[Effect, ...], ...]:
    if params.radius <= 0:
        return ((),) * count
    rounded = Effect(name="mask", params={"shape": "rectangle", "size": 1.0, "radius": params.radius})
    return (), *((rounded,),) * (count - 1)
