"""The camera is torn round: both pictures rush past, smeared by the speed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.blur import Blur
from services.composition.filters.fling import Fling
from services.composition.transitions import STEPS, Direction, Placement

TITLE = "Whip pan"

LEAST_SIGMA_PX = 0.3
REACH = 0.95
"""How far each picture is flung, as a share of the canvas."""
SMEAR = 0.14
"""Largest sigma, as a share of the canvas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    direction: Direction = "left"
    """Where both pictures move to."""
    strength: Annotated[float, Interval(ge=0, le=1)] = 0.75
    """How much they are smeared, 0..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    across, down = STEPS[params.direction]
    near = 2 * min(progress, 1 - progress)
    away, speed = REACH * near**3 * (1 if progress < 0.5 else -1), near**2
    fling = Fling(shift_x_px=across * away * canvas.width_px, shift_y_px=down * away * canvas.height_px)
    sigma = params.strength * SMEAR * speed * (canvas.width_px if across else canvas.height_px)
    smear = (Blur(sigma if across else 0.0, sigma if down else 0.0),) if sigma > LEAST_SIGMA_PX else ()
    rush = Placement(filters=(fling, *smear))
    return (rush, Placement(mix=0.0)) if progress < 0.5 else (Placement(mix=0.0), rush)
