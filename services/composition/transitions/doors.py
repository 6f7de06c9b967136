"""The old picture parts in the middle and its halves slide away, like the doors of a lift."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, ease

TITLE = "Doors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    line: Literal["horizontal", "vertical"] = "vertical"
    """How the gap lies."""
    dim: Annotated[float, Interval(ge=0, le=1)] = 0.35
    """How dark the new picture is at first, 0..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    at = ease(progress)
    if params.line == "vertical":
        one = Placement(shift_x=-at / 2, right=0.5 - at / 2, above=True)
        other = Placement(shift_x=at / 2, left=0.5 + at / 2)
    else:
        one = Placement(shift_y=-at / 2, bottom=0.5 - at / 2, above=True)
        other = Placement(shift_y=at / 2, top=0.5 + at / 2)
    return replace(one, also=(other,)), Placement(tint=params.dim * (1 - at), zoom=1 + 0.06 * (1 - at))
