"""Rings run over the old picture as over water, and the new one rises through them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.bend import Ripple
from services.composition.transitions import Placement, ease

TITLE = "Ripple"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    strength: Annotated[float, Interval(ge=0.1, le=1)] = 0.6
    """How high the waves are, 0.1..1."""
    x: Annotated[float, Interval(ge=0, le=1)] = 0.5
    """Where they begin, as a share of the width."""
    y: Annotated[float, Interval(ge=0, le=1)] = 0.5
    """As a share of the height."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    amplitude = params.strength * 0.1 * min(canvas.width_px, canvas.height_px) * min(1.0, 4 * progress)
    reach = math.hypot(canvas.width_px, canvas.height_px) * 0.75
    rings = Ripple(params.x, params.y, amplitude, 0.34 * min(canvas.width_px, canvas.height_px), reach, 2 * progress)
    at = ease(max(0.0, (progress - 0.3) / 0.7))
    return Placement(filters=(rings,) if at < 1 else ()), Placement(mix=at)
