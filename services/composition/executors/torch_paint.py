"""The fused drawing: every layer and every stamp of a frame in one function without a branch, which a compiler makes one or two kernels of.

All that changes from frame to frame is in two small tensors, so that nothing is compiled anew. Positions are computed where they are
used, every layer is looked at for every pixel of the canvas, and its rectangle is a weight of 0 or 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from services.composition.executors.base import Patch, on_plane, spot
from services.composition.executors.torch_planes import TensorPlanes
from services.composition.planes import BLACK, NO_COLOUR
from services.composition.recipe import KNOTS, STEP, Layer, Look, Stamp

LAYER_PLACES = 9
"""Of the source: luma's first sample, stride, width, height; first of u, of v, chroma's stride, width, height."""
STAMP_PLACES = 11
"""The same, then the first sample of `keep` and of `keep_half`."""
LAYER_NUMBERS = 14 + 3 * KNOTS
"""Scale and offset across and down, for luma and then for chroma; left, top, right, bottom on the canvas; mix; vignette; three curves."""
STAMP_NUMBERS = 9
"""Left, top, right, bottom on the canvas; source samples a canvas sample across and down, for luma and then for chroma; opacity."""


class Numbers(NamedTuple):
    """One row for each layer or stamp."""

    places: list[int]
    numbers: list[float]


def layer_numbers(layer: Layer, source: TensorPlanes, look: Look) -> Numbers:
    axes = [
        (plane.scale, plane.offset)
        for chroma in (False, True)
        for plane in (on_plane(layer.x, 0, chroma=chroma, horizontal=True), on_plane(layer.y, 0, chroma=chroma, horizontal=False))
    ]
    rectangle = (layer.left, layer.top, layer.left + layer.width, layer.top + layer.height)
    rest = (*rectangle, layer.mix, look.vignette, *look.y, *look.u, *look.v)
    return Numbers(_places(source), [number for axis in axes for number in axis] + [float(number) for number in rest])


def stamp_numbers(stamp: Stamp, patch: Patch, ink: TensorPlanes, keep_first: int, keep_half_first: int) -> Numbers:
    """Where `base.placed` puts it, without the scaled copy: the drawing is sampled as it lies."""
    left, top, width, height = spot(patch, stamp)
    steps = (ink.width / width, ink.height / height, ink.u.width / (width // 2), ink.u.height / (height // 2))
    return Numbers(
        [*_places(ink), keep_first, keep_half_first], [float(n) for n in (left, top, left + width, top + height, *steps, stamp.opacity)]
    )


def _places(source: TensorPlanes) -> list[int]:
    y, u, v = source.all()
    return [y.first, y.stride, y.width, y.height, u.first, v.first, u.stride, u.width, u.height]


def paint(
    y: Tensor,
    chroma: Tensor,
    under_y: Tensor,
    under_chroma: Tensor,
    sources: Sequence[Tensor],
    patches: Sequence[Tensor],
    places: Tensor,
    numbers: Tensor,
) -> None:
    """Overwrite `y` (height, width) and `chroma` (2, height / 2, width / 2), uint8.

    `sources` and `patches` are flat. `places` (int64) and `numbers` (float32) hold the rows of all sources, then those of all patches.
    """
    _paint_planes(y, under_y, sources, patches, places, numbers, chroma=False)
    _paint_planes(chroma, under_chroma, sources, patches, places, numbers, chroma=True)


def _paint_planes(
    out: Tensor, under: Tensor, sources: Sequence[Tensor], patches: Sequence[Tensor], places: Tensor, numbers: Tensor, *, chroma: bool
) -> None:
    height, width = out.shape[-2:]
    pitch = 2.0 if chroma else 1.0
    across = torch.arange(width, device=out.device, dtype=torch.float32)
    down = torch.arange(height, device=out.device, dtype=torch.float32)
    level = under.to(torch.float32)
    place_at = number_at = 0
    for source in sources:
        place = places[place_at : place_at + LAYER_PLACES]
        number = numbers[number_at : number_at + LAYER_NUMBERS]
        place_at, number_at = place_at + LAYER_PLACES, number_at + LAYER_NUMBERS
        axis = number[4:8] if chroma else number[0:4]
        x, y = across * axis[0] + axis[1], down * axis[2] + axis[3]
        first = place[4:6].reshape(2, 1, 1) if chroma else place[0]
        stride, wide, high = (place[6], place[7], place[8]) if chroma else (place[1], place[2], place[3])
        drawn = _bent(_sampled(source, first, stride, wide, high, x, y), number[14:], chroma)
        drawn = _vignetted(drawn, number[13], across, down, width, height, NO_COLOUR if chroma else BLACK)
        weight = _inside(number[8:12], across * pitch, down * pitch) * number[12]
        level = level + (drawn - level) * weight
    for patch in patches:
        place = places[place_at : place_at + STAMP_PLACES]
        number = numbers[number_at : number_at + STAMP_NUMBERS]
        place_at, number_at = place_at + STAMP_PLACES, number_at + STAMP_NUMBERS
        step_x, step_y = (number[6], number[7]) if chroma else (number[4], number[5])
        x = (across - number[0] / pitch + 0.5) * step_x - 0.5
        y = (down - number[1] / pitch + 0.5) * step_y - 0.5
        stride, wide, high = (place[6], place[7], place[8]) if chroma else (place[1], place[2], place[3])
        ink = _sampled(patch, place[4:6].reshape(2, 1, 1) if chroma else place[0], stride, wide, high, x, y)
        keep = _sampled(patch, place[10] if chroma else place[9], stride, wide, high, x, y)
        opacity = _inside(number[0:4], across * pitch, down * pitch) * number[8]
        level = ink * opacity + level * (1 - (255 - keep) * (opacity * (1 / 255)))
    out.copy_(torch.clamp(torch.round(level), 0, 255).to(torch.uint8))


def _sampled(data: Tensor, first: Tensor, stride: Tensor, width: Tensor, height: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Bilinear, edges repeated, at every pair of the positions `x` (across) and `y` (down)."""
    x, y = torch.minimum(x.clamp(min=0), (width - 1).float()), torch.minimum(y.clamp(min=0), (height - 1).float())
    left, upper = x.floor(), y.floor()
    share_x, share_y = (x - left)[None, :], (y - upper)[:, None]
    column, row = left.long(), upper.long()
    right, lower = torch.minimum(column + 1, width - 1)[None, :], torch.minimum(row + 1, height - 1)
    column, above, below = column[None, :], first + (row * stride)[:, None], first + (lower * stride)[:, None]
    a, b = data[above + column].float(), data[above + right].float()
    c, d = data[below + column].float(), data[below + right].float()
    top, bottom = a + (b - a) * share_x, c + (d - c) * share_x
    return top + (bottom - top) * share_y


def _bent(level: Tensor, knots: Tensor, chroma: bool) -> Tensor:
    """The tone curve: straight lines between 17 knots over 0..256."""
    at = level * (1 / STEP)
    piece = at.floor().clamp(0, KNOTS - 2).long()
    share = at - piece.float()
    if chroma:
        piece = piece + torch.arange(1, 3, device=level.device).reshape(2, 1, 1) * KNOTS
    start = knots[piece]
    return start + (knots[piece + 1] - start) * share


def _vignetted(level: Tensor, strength: Tensor, across: Tensor, down: Tensor, width: int, height: int, pivot: int) -> Tensor:
    """`base.vignette_gains`, both axes."""
    x, y = (across + 0.5) * (2 / width) - 1, (down + 0.5) * (2 / height) - 1
    gain = (0.5 - strength * x * x * 0.5)[None, :] + (0.5 - strength * y * y * 0.5)[:, None]
    return pivot + (level - pivot) * gain


def _inside(rectangle: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """1 where a canvas position lies in the rectangle, else 0."""
    across = ((x >= rectangle[0]) & (x < rectangle[2])).float()
    down = ((y >= rectangle[1]) & (y < rectangle[3])).float()
    return across[None, :] * down[:, None]
