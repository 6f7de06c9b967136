"""The new picture opens from the middle line to both sides, or closes in from both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.patterns import Split
from services.composition.filters.reveal import Reveal
from services.composition.transitions import Placement, ease

TITLE = "Split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    line: Literal["horizontal", "vertical"] = "horizontal"
    """How the middle line lies."""
    way: Literal["open", "close"] = "open"
    """`open` runs from the middle outwards, `close` from the edges inwards."""
    softness: Annotated[float, Interval(ge=0, le=1)] = 0.06
    """Width of the edge, as a share of its way; 0 is sharp."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    line = Split(90.0 if params.line == "horizontal" else 0.0)
    return Placement(), Placement(filters=(Reveal(line, ease(progress), params.softness, backwards=params.way == "close"),))
