"""Recipes drawn by `kernel.c`: one call for each layer and each stamp, with all three planes."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.composition.executors.base import Patch, on_plane, overlap, placed, vignette_gains
from services.composition.executors.filtered import draw_filtered, filter_canvas
from services.composition.executors.kernel_ops import KernelOps
from services.composition.executors.library import INK_PLANE, LAYER_PLANE, ONE_Q15, Library, address
from services.composition.executors.occlusion import uncovered
from services.composition.planes import BLACK, NO_COLOUR, Planes, blank
from services.composition.recipe import AS_IT_IS, IDENTITY, PLAIN, Curve, FrameRecipe, Layer, Look, Sampling

Words = NDArray[np.int16]
_SAMPLING = {sampling: number for number, sampling in enumerate(Sampling)}
"""As kernel.c counts them."""


class KernelExecutor:
    name = "kernel"

    def __init__(self, library: Path, *, portable: bool = False) -> None:
        self._kernel = Library(library, portable=portable)
        self._ops = KernelOps(self._kernel)
        self._spare = threading.local()

    def compose(
        self,
        target: Planes,
        recipe: FrameRecipe,
        *,
        views: Mapping[int, Planes],
        looks: Sequence[Look],
        patches: Mapping[int, Patch],
    ) -> None:
        self._stack(target, recipe.layers, views, looks)
        if recipe.filters:
            filter_canvas(target, recipe.filters, self._ops)
        for stamp in recipe.stamps:
            self._put(target, placed(patches[stamp.patch], stamp), round(stamp.opacity * 256))

    def _stack(self, target: Planes, layers: Sequence[Layer], views: Mapping[int, Planes], looks: Sequence[Look], depth: int = 0) -> None:
        """Layers from the bottom up, over black."""
        if not layers or not _covers(layers[0], target):
            target.y[:], target.u[:], target.v[:] = BLACK, NO_COLOUR, NO_COLOUR
        for number, layer in enumerate(layers):
            if layer.filters or layer.over:
                self._group(target, layer, views, looks, depth)
                continue
            for part in uncovered(layer, layers[number + 1 :]):
                self._draw(target, part, views[layer.view], looks[layer.look])

    def _group(self, target: Planes, layer: Layer, views: Mapping[int, Planes], looks: Sequence[Look], depth: int) -> None:
        """A layer with all that is over it and its filters."""
        drawn = self._sheet(target.width, target.height, depth)
        alone = replace(layer, mix=1.0, filters=(), over=())
        self._stack(drawn, (alone, *layer.over), views, looks, depth + 1)
        if layer.filters:
            draw_filtered(target, drawn, layer, self._ops)
        else:
            self._draw(target, replace(layer, x=AS_IT_IS, y=AS_IT_IS, sampling=Sampling.bilinear), drawn, PLAIN)

    def _sheet(self, width: int, height: int, depth: int) -> Planes:
        """A canvas to draw a group on, kept for the next one: each thread has its own, and each depth of groups within groups."""
        kept: dict[tuple[int, int, int], Planes] = self._spare.__dict__.setdefault("sheets", {})
        key = (width, height, depth)
        if key not in kept:
            if any(known[:2] != key[:2] for known in kept):
                kept.clear()
            kept[key] = blank(width, height)
        return kept[key]

    def _draw(self, target: Planes, layer: Layer, view: Planes, look: Look) -> None:
        """A layer without filters and with nothing over it."""
        left, top, width, height = layer.left, layer.top, layer.width, layer.height
        curves = _curves(look.y, look.u, look.v)
        gains = _gains(look.vignette, (target.width, target.height), (left, top, width, height)) if look.vignette else None
        calls = []
        for number, (canvas, source) in enumerate(zip(target.all(), view.all(), strict=True)):
            chroma = number > 0
            pitch, (rows, columns), (step, _) = 2 if chroma else 1, source.shape, canvas.strides
            x = on_plane(layer.x, left, chroma=chroma, horizontal=True)
            y = on_plane(layer.y, top, chroma=chroma, horizontal=False)
            call = LAYER_PLANE.pack(
                *(address(source), source.strides[0], columns, rows),
                *(address(canvas) + top // pitch * step + left // pitch, step, width // pitch, height // pitch),
                *(_q32(x.scale), _q32(x.offset), _q32(y.scale), _q32(y.offset)),
                curves.addresses[number],
                *(gains.addresses[2 * chroma : 2 * chroma + 2] if gains else (0, 0)),
                NO_COLOUR if chroma else BLACK,
                _SAMPLING[layer.sampling],
            )
            calls.append(call)
        self._kernel.layer(b"".join(calls), min(ONE_Q15, round(layer.mix * 32768)))

    def _put(self, target: Planes, patch: Patch, opacity_q8: int) -> None:
        part = overlap(patch, target)
        if part is None:
            return
        calls = []
        for number, (canvas, ink, keep) in enumerate(zip(target.all(), patch.ink.all(), patch.keeps(), strict=True)):
            pitch = 2 if number else 1
            left, top = part.patch_x // pitch, part.patch_y // pitch
            call = INK_PLANE.pack(
                address(ink) + top * ink.strides[0] + left,
                address(keep) + top * keep.strides[0] + left,
                *(ink.strides[0], keep.strides[0]),
                address(canvas) + part.canvas_y // pitch * canvas.strides[0] + part.canvas_x // pitch,
                *(canvas.strides[0], part.width // pitch, part.height // pitch),
            )
            calls.append(call)
        self._kernel.stamp(b"".join(calls), opacity_q8)


def _covers(layer: Layer, target: Planes) -> bool:
    return (
        layer.mix >= 1
        and not layer.filters
        and not layer.over
        and layer.left == layer.top == 0
        and (layer.width, layer.height) == (target.width, target.height)
    )


def _q32(number: float) -> int:
    return round(number * 4_294_967_296)


class _Tables:
    """Arrays that the kernel reads, and where they lie (0 for none)."""

    def __init__(self, *arrays: Words | None) -> None:
        self.arrays = arrays
        self.addresses = tuple(0 if array is None else address(array) for array in arrays)


@lru_cache(maxsize=64)
def _curves(*curves: Curve) -> _Tables:
    """16 pieces of each curve in Q6: where each starts, and how far it rises. None for the identity."""
    return _Tables(*(None if curve == IDENTITY else _pieces(curve) for curve in curves))


def _pieces(curve: Curve) -> Words:
    knots = np.clip(np.rint(np.array(curve) * 64), 0, 16384).astype(np.int16)
    return np.concatenate([knots[:-1], np.diff(knots)])


@lru_cache(maxsize=64)
def _gains(strength: float, canvas: tuple[int, int], rectangle: tuple[int, int, int, int]) -> _Tables:
    """Of luma across and down, of chroma across and down. Half of it is at most 16383, so that the sum of two axes stays a Q15."""
    left, top, width, height = rectangle
    tables = []
    for chroma in (False, True):
        for size, first, count in ((canvas[0], left, width), (canvas[1], top, height)):
            gains = vignette_gains(strength, size, first, count // 2 if chroma else count, chroma=chroma)
            tables.append(np.minimum(np.rint(gains * 32768), ONE_Q15 // 2).astype(np.int16))
    return _Tables(*tables)
