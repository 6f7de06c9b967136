"""From a camera move to sampling: which window of a source is seen, at which scale, at each moment."""

from __future__ import annotations

import math
from dataclasses import dataclass

from libs.common.media.timeline import Canvas, Fit, Motion
from services.composition.recipe import Axis, View
from services.composition.transitions import Placement, ease

NEAR = (0.75, 1.34)
"""Source pixels a canvas pixel between which bilinear sampling alone looks right: outside, the view is scaled first."""
BACKDROP_SHRINK = 8
BACKDROP_BLUR_PX = 4.0
"""Sigma on the shrunk backdrop: 32 px on the canvas."""


@dataclass(frozen=True, slots=True)
class Rect:
    """On the canvas; all even."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Window:
    """What is seen of a source, in its pixels; the scale is the same both ways."""

    left: float
    top: float
    scale: float
    """Source pixels a canvas pixel."""


def even(value: float) -> int:
    return round(value / 2) * 2


def frame_of(width: int, height: int, canvas: Canvas, fit: Fit) -> Rect:
    """Where the picture itself lies: the whole canvas, or the largest rectangle of its shape in the middle."""
    if fit is Fit.fill:
        return Rect(0, 0, canvas.width_px, canvas.height_px)
    scale = min(canvas.width_px / width, canvas.height_px / height)
    inner_width, inner_height = (max(2, even(side * scale)) for side in (width, height))
    return Rect(even((canvas.width_px - inner_width) / 2), even((canvas.height_px - inner_height) / 2), inner_width, inner_height)


def window_at(width: int, height: int, frame: Rect, motion: Motion, progress: float) -> Window:
    """What is seen in `frame` at `progress` (0..1) of the move."""
    at = ease(min(1.0, max(0.0, progress)))
    zoom, pan_x, pan_y = (
        start + (stop - start) * at
        for start, stop in (
            (motion.zoom_from, motion.zoom_to),
            (motion.pan_x_from, motion.pan_x_to),
            (motion.pan_y_from, motion.pan_y_to),
        )
    )
    scale = min(width / frame.width, height / frame.height) / max(1.0, zoom)
    left = (width - frame.width * scale) * (1 + pan_x) / 2
    top = (height - frame.height * scale) * (1 + pan_y) / 2
    return Window(left, top, scale)


def view_of(feed: int, width: int, height: int, frame: Rect, motion: Motion, *, still: bool) -> View:
    """Crop to what the move ever shows and bring it near the canvas's scale. A moving picture that is near enough stays as it is."""
    windows = [window_at(width, height, frame, motion, step / 8) for step in range(9)]
    closest = min(window.scale for window in windows)
    if not still and NEAR[0] <= closest <= NEAR[1]:
        return View(feed=feed, left=0, top=0, width=width, height=height, to_width=width, to_height=height)
    margin = 4
    left = max(0, math.floor((min(w.left for w in windows) - margin) / 2) * 2)
    top = max(0, math.floor((min(w.top for w in windows) - margin) / 2) * 2)
    right = min(width, math.ceil((max(w.left + frame.width * w.scale for w in windows) + margin) / 2) * 2)
    bottom = min(height, math.ceil((max(w.top + frame.height * w.scale for w in windows) + margin) / 2) * 2)
    to_width, to_height = (max(2, even(side / closest)) for side in (right - left, bottom - top))
    return View(feed=feed, left=left, top=top, width=right - left, height=bottom - top, to_width=to_width, to_height=to_height)


def backdrop_view(feed: int, width: int, height: int, canvas: Canvas) -> View:
    """The whole picture, cut to the canvas's shape, small and soft."""
    scale = min(width / canvas.width_px, height / canvas.height_px)
    seen_width, seen_height = (even(side * scale) for side in (canvas.width_px, canvas.height_px))
    return View(
        feed=feed,
        left=even((width - seen_width) / 2),
        top=even((height - seen_height) / 2),
        width=seen_width,
        height=seen_height,
        to_width=even(canvas.width_px / BACKDROP_SHRINK),
        to_height=even(canvas.height_px / BACKDROP_SHRINK),
        blur_px=BACKDROP_BLUR_PX,
    )


def axes(window: Window, view: View, frame: Rect, placement: Placement, canvas: Canvas) -> tuple[Axis, Axis]:
    """Canvas to view: the placement moves and zooms the canvas, the window lies in the frame, the view is cropped and scaled."""
    return (
        _axis(window.left - view.left, window.scale, view.to_width / view.width, frame.left, placement.shift_x, placement, canvas.width_px),
        _axis(window.top - view.top, window.scale, view.to_height / view.height, frame.top, placement.shift_y, placement, canvas.height_px),
    )


def _axis(first: float, scale: float, shrink: float, frame_first: int, shift: float, placement: Placement, side: int) -> Axis:
    """source = ((canvas - shift - centre) / zoom + centre - frame_first) * scale + first, all times `shrink`."""
    centre = side / 2
    step = scale / placement.zoom
    offset = (centre - frame_first) * scale + first - (even(shift * side) + centre) * step
    return Axis(step * shrink, offset * shrink)


def visible(frame: Rect, placement: Placement, canvas: Canvas) -> Rect | None:
    """The part of the frame that shows on the canvas under a placement; None for nothing."""
    shift_x, shift_y = even(placement.shift_x * canvas.width_px), even(placement.shift_y * canvas.height_px)
    zoomed = [
        ((edge - side / 2) * placement.zoom + side / 2) + shift
        for edge, side, shift in (
            (frame.left, canvas.width_px, shift_x),
            (frame.top, canvas.height_px, shift_y),
            (frame.left + frame.width, canvas.width_px, shift_x),
            (frame.top + frame.height, canvas.height_px, shift_y),
        )
    ]
    left = max(0, even(zoomed[0]), even(placement.left * canvas.width_px))
    right = min(canvas.width_px, even(zoomed[2]), even(placement.right * canvas.width_px))
    top, bottom = max(0, even(zoomed[1])), min(canvas.height_px, even(zoomed[3]))
    if right <= left or bottom <= top:
        return None
    return Rect(left, top, right - left, bottom - top)
