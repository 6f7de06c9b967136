"""A jump: the picture comes closer while it changes, or draws back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, ease, settle

TITLE = "Zoom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    way: Literal["through", "in", "out"] = "through"
    """`in`: the old picture comes closer and melts. `out`: the new one settles back. `through`: both."""
    strength: Annotated[float, Interval(ge=0.05, le=2)] = 0.35
    """How much closer, as a share of the size."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    grow = params.strength
    if params.way == "in":
        return Placement(zoom=1 + grow * progress**2), Placement(mix=ease(progress))
    if params.way == "out":
        return Placement(), Placement(mix=ease(progress), zoom=1 + grow * (1 - settle(progress)))
    return Placement(zoom=1 + grow * progress**2), Placement(mix=ease(progress), zoom=1 + 0.7 * grow * (1 - settle(progress)))
