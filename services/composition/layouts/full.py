"""One clip fills the canvas."""

from __future__ import annotations

from libs.common.media.timeline import Canvas, Place

TITLE = "Full"
COUNTS = (1, 1)


def arrange(count: int, params: None, canvas: Canvas) -> tuple[Place, ...]:
    return (Place(),)
