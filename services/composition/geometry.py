"""From a camera move to sampling: which window of a source is seen, at which scale, at each moment."""

from __future__ import annotations

import math
from dataclasses import dataclass

from libs.common.media.timeline import Canvas, Fit, Motion, Place
from services.composition.effects import Camera
from services.composition.recipe import Axis, Sampling, View
from services.composition.transitions import Placement, ease

NEAR = (0.75, 1.34)
"""Source pixels a canvas pixel between which bilinear sampling looks right."""
FAR = 6.0
"""Source pixels a canvas pixel up to which a moving picture is shrunk as it is sampled: beyond, its view is scaled first."""
FOCUS_MARGIN = 0.1
"""How near a focus point comes to the window's edge, as a share of the window, unless the source ends there."""
STILL_DETAIL = 1.35
"""Samples of a still's view a canvas pixel, each way, where the move is closest. With one, a slow zoom slides samples in and out of
step with the pixels, and fine texture breathes: its sharpness swings by up to a fifth, with this by a fiftieth (`bench.jitter`)."""
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


def rect_of(place: Place | None, canvas: Canvas) -> Rect:
    """The place in even pixels, cut to the canvas, at least two each way."""
    if place is None:
        return Rect(0, 0, canvas.width_px, canvas.height_px)
    left, right = (_side(edge, canvas.width_px) for edge in (place.left, place.left + place.width))
    top, bottom = (_side(edge, canvas.height_px) for edge in (place.top, place.top + place.height))
    return Rect(min(left, canvas.width_px - 2), min(top, canvas.height_px - 2), max(2, right - left), max(2, bottom - top))


def _side(share: float, side: int) -> int:
    return min(side, max(0, even(share * side)))


def frame_of(width: int, height: int, room: Rect, fit: Fit) -> Rect:
    """Where the picture itself lies: all of its room, or the largest rectangle of its shape in the middle of it."""
    if fit is Fit.fill:
        return room
    scale = min(room.width / width, room.height / height)
    inner_width, inner_height = (max(2, even(side * scale)) for side in (width, height))
    left, top = even((room.width - inner_width) / 2), even((room.height - inner_height) / 2)
    return Rect(room.left + left, room.top + top, inner_width, inner_height)


def window_at(width: int, height: int, frame: Rect, motion: Motion, progress: float, cameras: tuple[Camera, ...] = ()) -> Window:
    """What is seen in `frame` at `progress` (0..1) of the move, with the cameras of effects on top. Never beyond the source."""
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
    left = _first(width, frame.width * scale, pan_x, motion.focus_x)
    top = _first(height, frame.height * scale, pan_y, motion.focus_y)
    for camera in cameras:
        closer = scale / max(1.0, camera.zoom)
        left += frame.width * ((scale - closer) / 2 + camera.shift_x * closer)
        top += frame.height * ((scale - closer) / 2 + camera.shift_y * closer)
        scale = closer
    left, top = min(max(0.0, left), width - frame.width * scale), min(max(0.0, top), height - frame.height * scale)
    return Window(left, top, scale)


def _first(side: float, seen: float, pan: float, focus: float | None) -> float:
    """Where the window of length `seen` begins on a source of length `side`: pan -1 at its start, 1 at its end, 0 in the middle. With a
    focus: 0 where that lies nearest to the middle of the window, and -1 and 1 where it would come too near to an edge."""
    room = side - seen
    if focus is None:
        return room / 2 + pan * room / 2
    middle, first, last = (min(room, max(0.0, focus * side - seen * at)) for at in (0.5, 1 - FOCUS_MARGIN, FOCUS_MARGIN))
    return middle + pan * (middle - first if pan < 0 else last - middle)


def view_of(feed: int, width: int, height: int, frame: Rect, motion: Motion, *, still: bool, roams: bool = False) -> tuple[View, Sampling]:
    """A moving picture as it is, and how to sample it; far too large a one at the canvas's scale. A still is made ready once: cropped to
    what the move ever shows and brought to more than the canvas's scale. `roams` says that effects move the camera too: then the whole
    picture is kept."""
    windows = [window_at(width, height, frame, motion, step / 8) for step in range(9)]
    closest, widest = (choose(window.scale for window in windows) for choose in (min, max))
    if not still and widest <= FAR:
        sampling = Sampling.cubic if closest < NEAR[0] else Sampling.bilinear if closest <= NEAR[1] else Sampling.area
        return View(feed=feed, left=0, top=0, width=width, height=height, to_width=width, to_height=height), sampling
    step = closest / STILL_DETAIL if still else closest
    if roams:
        left, top, right, bottom = 0, 0, width, height
    else:
        left, top, right, bottom = _seen(width, height, frame, windows)
    to_width, to_height = (max(2, even(side / step)) for side in (right - left, bottom - top))
    view = View(feed=feed, left=left, top=top, width=right - left, height=bottom - top, to_width=to_width, to_height=to_height)
    return view, Sampling.bilinear


def _seen(width: int, height: int, frame: Rect, windows: list[Window]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all the windows together, with room for what sampling reaches."""
    margin = 4
    left = max(0, math.floor((min(w.left for w in windows) - margin) / 2) * 2)
    top = max(0, math.floor((min(w.top for w in windows) - margin) / 2) * 2)
    right = min(width, math.ceil((max(w.left + frame.width * w.scale for w in windows) + margin) / 2) * 2)
    bottom = min(height, math.ceil((max(w.top + frame.height * w.scale for w in windows) + margin) / 2) * 2)
    return left, top, right, bottom


def backdrop_view(feed: int, width: int, height: int, room: Rect) -> View:
    """The whole picture, cut to the room's shape, small and soft."""
    scale = min(width / room.width, height / room.height)
    seen_width, seen_height = (min(whole, max(2, even(side * scale))) for side, whole in ((room.width, width), (room.height, height)))
    return View(
        feed=feed,
        left=even((width - seen_width) / 2),
        top=even((height - seen_height) / 2),
        width=seen_width,
        height=seen_height,
        to_width=max(2, even(room.width / BACKDROP_SHRINK)),
        to_height=max(2, even(room.height / BACKDROP_SHRINK)),
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
    top = max(0, even(zoomed[1]), even(placement.top * canvas.height_px))
    bottom = min(canvas.height_px, even(zoomed[3]), even(placement.bottom * canvas.height_px))
    if right <= left or bottom <= top:
        return None
    return Rect(left, top, right - left, bottom - top)
