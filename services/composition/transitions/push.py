"""The new picture pushes the old one up and away, as a thumb does."""

from __future__ import annotations

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, settle

TITLE = "Push"


def place(progress: float, params: None, canvas: Canvas) -> tuple[Placement, Placement]:
    at = settle(progress)
    return Placement(shift_y=-at), Placement(shift_y=1 - at)
