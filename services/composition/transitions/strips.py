"""The new picture comes in strips, by turns from both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, glide

TITLE = "Strips"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    way: Literal["upright", "lying"] = "upright"
    """How the strips lie and move."""
    count: Annotated[int, Interval(ge=2, le=16)] = 5
    """How many there are."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    at, upright = glide(progress), params.way == "upright"
    strips = []
    for number in range(params.count):
        first, last = number / params.count, (number + 1) / params.count
        away = (1 - at) * (1 if number % 2 else -1)
        strips.append(Placement(shift_y=away, left=first, right=last) if upright else Placement(shift_x=away, top=first, bottom=last))
    return Placement(tint=0.3 * at), replace(strips[0], also=tuple(strips[1:]))
