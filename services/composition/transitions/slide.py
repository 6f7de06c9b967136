"""The new picture slides in from the right, over the old one, which gives way a little."""

from __future__ import annotations

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, settle

TITLE = "Slide"


def place(progress: float, params: None, canvas: Canvas) -> tuple[Placement, Placement]:
    at = settle(progress)
    return Placement(shift_x=-0.25 * at), Placement(shift_x=1 - at)
