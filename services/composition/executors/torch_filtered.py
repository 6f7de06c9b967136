"""Layers and canvases with filters, on tensors: as `filtered`, with a canvas that is made new instead of written over."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from services.composition.executors.torch_planes import TensorPlanes
from services.composition.filters.base import Filter, Picture, halve
from services.composition.filters.torch_ops import TorchOps
from services.composition.recipe import Layer


def filtered(planes: TensorPlanes, filters: Sequence[Filter], ops: TorchOps) -> Picture:
    """The planes after all filters, not rounded."""
    picture = Picture(*(plane.to(torch.float32) for plane in planes.tensors()))
    for filter_ in filters:
        picture = filter_.apply(picture, ops)
    return picture


def filter_canvas(canvas: TensorPlanes, filters: Sequence[Filter], ops: TorchOps) -> TensorPlanes:
    """What a filter takes away shows what was there before it."""
    return lay_over(canvas, filtered(canvas, filters, ops), 0, 0, 1.0)


def lay_filtered(canvas: TensorPlanes, drawn: TensorPlanes, layer: Layer, ops: TorchOps) -> TensorPlanes:
    """`drawn` is a canvas that holds the layer alone, at its place before the shift."""
    window = drawn.cropped(layer.left, layer.top, layer.width, layer.height)
    picture = filtered(window, layer.filters, ops)
    return lay_over(canvas, picture, layer.left + layer.shift_x, layer.top + layer.shift_y, layer.mix)


def lay_over(canvas: TensorPlanes, picture: Picture, left: int, top: int, mix: float) -> TensorPlanes:
    """A new canvas with the picture mixed over it; what leaves the canvas is cut off. `left` and `top` are even."""
    first_x, first_y = max(0, -left), max(0, -top)
    width, height = min(picture.width, canvas.width - left) - first_x, min(picture.height, canvas.height - top) - first_y
    if width <= 0 or height <= 0:
        return canvas
    made = TensorPlanes(canvas.data.clone(), canvas.y, canvas.u, canvas.v)
    window = made.cropped(left + first_x, top + first_y, width, height)
    cover = picture.cover
    half = None if cover is None else halve(cover)
    for number, (under, plane, share) in enumerate(
        zip(window.tensors(), (picture.y, picture.u, picture.v), (cover, half, half), strict=True)
    ):
        pitch = 2 if number else 1
        rows = slice(first_y // pitch, (first_y + height) // pitch)
        columns = slice(first_x // pitch, (first_x + width) // pitch)
        level = plane[rows, columns]
        if share is not None or mix < 1:
            weight: float | Tensor = mix if share is None else share[rows, columns] * mix
            level = under + (level - under) * weight
        under.copy_(level.round().clamp(0, 255).to(torch.uint8))
    return made
