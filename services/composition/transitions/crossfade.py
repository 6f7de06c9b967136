"""One picture melts into the other."""

from __future__ import annotations

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, ease

TITLE = "Crossfade"


def place(progress: float, params: None, canvas: Canvas) -> tuple[Placement, Placement]:
    return Placement(), Placement(mix=ease(progress))
