"""One clip fills the canvas, one to three small ones lie over its corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas, Effect, Place
from services.composition.layouts import Gap, even, place_of

TITLE = "Picture in picture"
COUNTS = (2, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    corner: Literal["top_right", "top_left", "bottom_right", "bottom_left"] = "top_right"
    """Where the small clips lie; more than one are stacked from there."""
    size: Annotated[float, Interval(ge=0.12, le=0.6)] = 0.34
    """Of a small clip, as a share of the canvas's width."""
    shape: Literal["canvas", "square", "wide"] = "canvas"
    """Its proportions: the canvas's own, square, or 16:9."""
    margin: Gap = 48.0
    """To the edges, and between small clips."""
    radius: Annotated[float, Interval(ge=0, le=0.5)] = 0.08
    """Of its corners, as a share of its short side; 0.5 of a square is a circle."""


def arrange(count: int, params: Params, canvas: Canvas) -> tuple[Place, ...]:
    margin = even(params.margin * min(canvas.width_px, canvas.height_px) / 1080)
    aspect = {"canvas": canvas.height_px / canvas.width_px, "square": 1.0, "wide": 9 / 16}[params.shape]
    room = (canvas.height_px - margin * count) / (count - 1)
    width = max(2.0, min(canvas.width_px * params.size, canvas.width_px - 2 * margin, room / aspect))
    across, down = max(2, even(width - 1)), max(2, even(width * aspect - 1))  # rounded down: all of them fit
    left = margin if params.corner.endswith("left") else canvas.width_px - margin - across
    places = [Place()]
    for number in range(count - 1):
        away = margin + number * (down + margin)
        top = away if params.corner.startswith("top") else canvas.height_px - away - down
        places.append(place_of(left, top, left + across, top + down, canvas))
    return tuple(places)


def effects(count: int, params: Params, canvas: Canvas) -> tuple[tuple[Effect, ...], ...]:
    if params.radius <= 0:
        return ((),) * count
    rounded = Effect(name="mask", params={"shape": "rectangle", "size": 1.0, "radius": params.radius})
    return (), *((rounded,),) * (count - 1)
