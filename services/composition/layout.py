"""Where drawings may stand on a canvas: inside the safe area, clear of the platform's own buttons."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.timeline import Canvas

SIDE = 0.06
"""Margin at the sides, of the width."""
RAIL = 0.12
"""The column of buttons at the right of an upright video, of the width."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Pixels on the canvas. `unit` scales all sizes: 1 at a short side of 1080."""

    unit: float
    left: int
    right: int
    top: int
    """Upper edge of logo and label."""
    heading_top: int
    caption_left: int
    caption_right: int
    caption_bottom: int
    """Captions grow upwards from here."""
    tag_bottom: int


def layout_of(canvas: Canvas) -> Layout:
    """Upright videos keep the lowest fifth and the right rail free; others only a margin."""
    width, height = canvas.width_px, canvas.height_px
    upright = height > 1.1 * width
    rail = RAIL if upright else 0.1
    return Layout(
        unit=min(width, height) / 1080,
        left=round(width * SIDE),
        right=round(width * (1 - SIDE)),
        top=round(height * (0.045 if upright else 0.05)),
        heading_top=round(height * (0.12 if upright else 0.17)),
        caption_left=round(width * rail),
        caption_right=round(width * (1 - rail)),
        caption_bottom=int(height * (0.74 if height > 1.4 * width else 0.86)),
        tag_bottom=round(height * (0.6 if height > 1.4 * width else 0.66)),
    )
