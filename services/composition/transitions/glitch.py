"""The signal breaks: bands jump aside, colours leave their outlines, and the new picture is there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.base import Filter
from services.composition.filters.split import Split
from services.composition.filters.tear import Tear
from services.composition.transitions import Placement

TITLE = "Glitch"

BEATS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    strength: Annotated[float, Interval(ge=0.1, le=1)] = 0.6
    """How far the bands jump, 0.1..1."""
    flicker: Literal["yes", "no"] = "yes"
    """Whether the new picture shows for a moment before it stays."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    power = params.strength * math.sin(math.pi * progress) ** 2
    moment = int(progress * BEATS)  # the disorder changes in beats, not with each frame
    reach = 2 * round(power * 0.35 * canvas.width_px / 2)
    disorder: tuple[Filter, ...] = ()
    if reach >= 2:  # bands and colours by turns
        split = moment % 3 == 1
        disorder = (Split(0.0, power * 0.03 * canvas.width_px),) if split else (Tear(float(reach), 16, 101 + moment),)
    new = progress >= 0.5 or (params.flicker == "yes" and moment == BEATS // 2 - 2)
    return Placement(filters=() if new else disorder, mix=0.0 if new else 1.0), Placement(filters=disorder, mix=1.0 if new else 0.0)
