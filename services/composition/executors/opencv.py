"""Recipes drawn with OpenCV and numpy alone: the reference of the kernel, and its stand-in where no compiler is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np

from services.composition.executors.base import Patch, on_plane, overlap, placed, vignette_gains
from services.composition.executors.filtered import draw_filtered, filter_canvas
from services.composition.executors.sums import Sums, sums
from services.composition.planes import BLACK, NO_COLOUR, Pixels, Plane, Planes, blank
from services.composition.recipe import AS_IT_IS, PLAIN, STEP, FrameRecipe, Layer, Look, Sampling


class OpencvExecutor:
    name = "opencv"

    def compose(
        self,
        target: Planes,
        recipe: FrameRecipe,
        *,
        views: Mapping[int, Planes],
        looks: Sequence[Look],
        patches: Mapping[int, Patch],
    ) -> None:
        target.y[:], target.u[:], target.v[:] = BLACK, NO_COLOUR, NO_COLOUR
        for layer in recipe.layers:
            _lay(target, layer, views, looks)
        if recipe.filters:
            filter_canvas(target, recipe.filters)
        for stamp in recipe.stamps:
            _stamp(target, placed(patches[stamp.patch], stamp), stamp.opacity)


def _lay(target: Planes, layer: Layer, views: Mapping[int, Planes], looks: Sequence[Look]) -> None:
    """A layer with all that is over it and its filters."""
    if not layer.filters and not layer.over:
        _draw(target, layer, views[layer.view], looks[layer.look])
        return
    drawn = blank(target.width, target.height)
    _draw(drawn, replace(layer, mix=1.0), views[layer.view], looks[layer.look])
    for part in layer.over:
        _lay(drawn, part, views, looks)
    if layer.filters:
        draw_filtered(target, drawn, layer)
    else:
        _draw(target, replace(layer, x=AS_IT_IS, y=AS_IT_IS, sampling=Sampling.bilinear), drawn, PLAIN)


def _draw(target: Planes, layer: Layer, view: Planes, look: Look) -> None:
    curves = (look.y, look.u, look.v)
    for number, (canvas, source, curve) in enumerate(zip(target.all(), view.all(), curves, strict=True)):
        chroma = number > 0
        pitch = 2 if chroma else 1
        window = canvas[
            layer.top // pitch : (layer.top + layer.height) // pitch,
            layer.left // pitch : (layer.left + layer.width) // pitch,
        ]
        height, width = window.shape
        x = on_plane(layer.x, layer.left, chroma=chroma, horizontal=True)
        y = on_plane(layer.y, layer.top, chroma=chroma, horizontal=False)
        if layer.sampling is Sampling.bilinear:
            affine = np.array([[x.scale, 0, x.offset], [0, y.scale, y.offset]])
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            sampled = cv2.warpAffine(source.astype(np.float32), affine, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        else:
            rows = _summed(source.astype(np.float32), sums(layer.sampling, y, height, source.shape[0]))
            sampled = _summed(rows.T, sums(layer.sampling, x, width, source.shape[1])).T.clip(0, 255)
        level = np.interp(sampled, np.arange(len(curve)) * STEP, curve).astype(np.float32)
        if look.vignette:
            gain_x = vignette_gains(look.vignette, target.width, layer.left, width, chroma=chroma)
            gain_y = vignette_gains(look.vignette, target.height, layer.top, height, chroma=chroma)
            pivot = NO_COLOUR if chroma else BLACK
            level = pivot + (level - pivot) * (gain_x[None, :] + gain_y[:, None]).astype(np.float32)
        if layer.mix < 1:
            level = window + (level - window) * np.float32(layer.mix)
        window[:] = np.clip(np.rint(level), 0, 255).astype(np.uint8)


def _summed(samples: Pixels, axis: Sums) -> Pixels:
    """Along the first axis."""
    total = np.zeros((axis.samples.shape[1], samples.shape[1]), np.float32)
    for rows, weights in zip(axis.samples, axis.weights, strict=True):
        total += samples[rows] * weights[:, None]
    return total


def _stamp(target: Planes, patch: Patch, opacity: float) -> None:
    part = overlap(patch, target)
    if part is None:
        return
    for number, (canvas, ink, keep) in enumerate(zip(target.all(), patch.ink.all(), patch.keeps(), strict=True)):
        pitch = 2 if number else 1
        window = _window(canvas, part.canvas_x, part.canvas_y, part.width, part.height, pitch)
        colour, left = (_window(plane, part.patch_x, part.patch_y, part.width, part.height, pitch) for plane in (ink, keep))
        stays = 1 - (255 - left.astype(np.float32)) / 255 * opacity
        window[:] = np.clip(np.rint(colour * np.float32(opacity) + window * stays), 0, 255).astype(np.uint8)


def _window(plane: Plane, x: int, y: int, width: int, height: int, pitch: int) -> Plane:
    return plane[y // pitch : (y + height) // pitch, x // pitch : (x + width) // pitch]
