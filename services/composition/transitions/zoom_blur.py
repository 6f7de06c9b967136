"""The camera shoots forward into the picture: streaks run from the middle, and the new picture is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.streak import ZoomBlur
from services.composition.transitions import Placement, bump

TITLE = "Zoom blur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    strength: Annotated[float, Interval(ge=0.1, le=1)] = 0.7
    """How fast it looks, 0.1..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    speed = bump(progress)
    streaks = (ZoomBlur(params.strength * 0.35 * speed, 0.5, 0.5, 0.0),) if speed > 0.01 else ()
    if progress < 0.5:
        return Placement(zoom=1 + params.strength * 4 * progress**3, filters=streaks), Placement(mix=0.0)
    return Placement(mix=0.0), Placement(zoom=1 + params.strength * 4 * (1 - progress) ** 3, filters=streaks)
