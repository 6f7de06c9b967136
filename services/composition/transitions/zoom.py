"""A jump forward: the old picture comes closer and melts, the new one settles back."""

from __future__ import annotations

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, ease, settle

TITLE = "Zoom"


def place(progress: float, params: None, canvas: Canvas) -> tuple[Placement, Placement]:
    return Placement(zoom=1 + 0.35 * progress**2), Placement(mix=ease(progress), zoom=1.25 - 0.25 * settle(progress))
