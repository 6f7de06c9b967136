"""Through black: the old picture goes dark, then the new one comes up."""

from __future__ import annotations

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, ease

TITLE = "Dip to black"


def place(progress: float, params: None, canvas: Canvas) -> tuple[Placement, Placement]:
    return Placement(mix=1 - ease(min(1.0, 2 * progress))), Placement(mix=ease(max(0.0, 2 * progress - 1)))
