"""What of a layer still shows under the layers above it: hidden pixels are not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.composition.recipe import Layer


def uncovered(layer: Layer, above: Sequence[Layer]) -> list[Layer]:
    """The layer in up to two bands around the opaque layer above that hides most of it; itself where none spans one of its sides."""
    best = [layer]
    for other in above:
        if other.mix >= 1 and not other.filters and not other.over:
            bands = _around(layer, other)
            if sum(band.width * band.height for band in bands) < sum(band.width * band.height for band in best):
                best = bands
    return best


def _around(layer: Layer, other: Layer) -> list[Layer]:
    left, right = max(layer.left, other.left), min(layer.left + layer.width, other.left + other.width)
    top, bottom = max(layer.top, other.top), min(layer.top + layer.height, other.top + other.height)
    if right <= left or bottom <= top:
        return [layer]
    if right - left == layer.width:
        rows = ((layer.top, top), (bottom, layer.top + layer.height))
        return [replace(layer, top=first, height=last - first) for first, last in rows if last > first]
    if bottom - top == layer.height:
        columns = ((layer.left, left), (right, layer.left + layer.width))
        return [replace(layer, left=first, width=last - first) for first, last in columns if last > first]
    return [layer]
