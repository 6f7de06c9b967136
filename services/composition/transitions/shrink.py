"""The old picture shrinks away into the middle of the new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, ease

TITLE = "Shrink"

LEAST = 0.02
"""A picture smaller than this cannot be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    dim: Annotated[float, Interval(ge=0, le=1)] = 0.5
    """How dark the new picture is at first, 0..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    at = ease(progress)
    return Placement(zoom=max(LEAST, 1 - at), mix=min(1.0, 5 * (1 - progress)), above=True), Placement(tint=params.dim * (1 - at))
