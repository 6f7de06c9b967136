"""The old picture goes out of focus, and the new one comes into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.blur import Blur
from services.composition.transitions import Placement, bump, ease

TITLE = "Blur through"

LEAST_SIGMA_PX = 0.3
BLUR_SHARE = 0.05
"""Largest sigma, as a share of the short side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    strength: Annotated[float, Interval(ge=0.1, le=1)] = 0.6
    """How far out of focus, 0.1..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    sigma = params.strength * BLUR_SHARE * min(canvas.width_px, canvas.height_px) * bump(progress)
    soft = (Blur(sigma, sigma),) if sigma > LEAST_SIGMA_PX else ()
    at = ease(min(1.0, max(0.0, (progress - 0.25) * 2)))
    return Placement(filters=soft if at < 1 else ()), Placement(mix=at, filters=soft)
