"""The new picture is uncovered from left to right."""

from __future__ import annotations

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, ease

TITLE = "Wipe"


def place(progress: float, params: None, canvas: Canvas) -> tuple[Placement, Placement]:
    return Placement(), Placement(right=ease(progress))
