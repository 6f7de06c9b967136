"""Layers with filters, on the CPU: filtered in floating point, laid over the canvas, rounded once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from services.composition.executors.library import LAID_PLANE, Library, address
from services.composition.filters.base import Filter, Picture, halve
from services.composition.filters.ops import NumpyOps
from services.composition.planes import Pixels, Planes, cropped, to_bytes
from services.composition.recipe import Layer

OPS = NumpyOps()


def filtered(planes: Planes, filters: Sequence[Filter], ops: NumpyOps = OPS) -> Picture:
    """The planes after all filters, not rounded."""
    picture = Picture(*(plane.astype(np.float32) for plane in planes.all()))
    for filter_ in filters:
        picture = filter_.apply(picture, ops)
    return picture


def filter_canvas(target: Planes, filters: Sequence[Filter], ops: NumpyOps = OPS) -> None:
    """Filter the whole canvas; what a filter takes away shows what was there before it."""
    lay_over(target, filtered(target, filters, ops), 0, 0, 1.0)


def draw_filtered(target: Planes, drawn: Planes, layer: Layer, ops: NumpyOps = OPS) -> None:
    """`drawn` is a canvas that holds the layer alone, at its place before the shift."""
    window = cropped(drawn, layer.left, layer.top, layer.width, layer.height)
    lay_over(target, filtered(window, layer.filters, ops), layer.left + layer.shift_x, layer.top + layer.shift_y, layer.mix)


def lay_over(target: Planes, picture: Picture, left: int, top: int, mix: float) -> None:
    """Mix a picture over the canvas; what leaves the canvas is cut off. `left` and `top` are even."""
    first_x, first_y = max(0, -left), max(0, -top)
    width, height = min(picture.width, target.width - left) - first_x, min(picture.height, target.height - top) - first_y
    if width <= 0 or height <= 0:
        return
    window = cropped(target, left + first_x, top + first_y, width, height)
    if Library.loaded is None:
        _lay_by_numpy(window, picture, first_x, first_y, mix)
    else:
        _lay_by_kernel(Library.loaded, window, picture, first_x, first_y, mix)


def _lay_by_kernel(kernel: Library, window: Planes, picture: Picture, first_x: int, first_y: int, mix: float) -> None:
    cover = None if picture.cover is None else _floats(picture.cover)
    calls, levels = [], [_floats(plane) for plane in (picture.y, picture.u, picture.v)]
    for number, (canvas, level) in enumerate(zip(window.all(), levels, strict=True)):
        pitch = 2 if number else 1
        (height, width), step = canvas.shape, level.strides[0] // 4
        call = LAID_PLANE.pack(
            *(address(canvas), canvas.strides[0]),
            address(level) + (first_y // pitch * step + first_x // pitch) * 4,
            0 if cover is None else address(cover) + (first_y * cover.strides[0] + first_x * 4),
            *(step, 0 if cover is None else cover.strides[0] // 4, width, height, pitch),
        )
        calls.append(call)
    kernel.lay(b"".join(calls), mix)


def _floats(plane: Pixels) -> Pixels:
    """Samples of a row side by side."""
    return plane if plane.dtype == np.float32 and plane.strides[1] == 4 else np.ascontiguousarray(plane, np.float32)


def _lay_by_numpy(window: Planes, picture: Picture, first_x: int, first_y: int, mix: float) -> None:
    width, height, cover = window.width, window.height, picture.cover
    covers = (None, None, None) if cover is None else (cover, half := halve(cover), half)
    for number, (canvas, plane, share) in enumerate(zip(window.all(), (picture.y, picture.u, picture.v), covers, strict=True)):
        pitch = 2 if number else 1
        part = np.s_[first_y // pitch : (first_y + height) // pitch, first_x // pitch : (first_x + width) // pitch]
        level = plane[part]
        if share is not None or mix < 1:
            weight = np.float32(mix) if share is None else share[part] * np.float32(mix)
            level = canvas + (level - canvas) * weight
        canvas[:] = to_bytes(level)
