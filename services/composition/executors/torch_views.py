"""Views made ready on a device: what `feeds.on_cpu` does, to the same weights: by area where a side shrinks, by cubic where it grows."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from services.composition.executors.torch_planes import TensorPlanes, packed
from services.composition.filters.torch_ops import TorchOps
from services.composition.recipe import View

CUBIC_A = -0.75
"""OpenCV's free parameter of Keys' cubic."""


class Taps(NamedTuple):
    """For each sample out: the samples in that it is made of, and their weights; both (out, taps)."""

    samples: NDArray[np.int64]
    weight: NDArray[np.float64]


def prepare(picture: TensorPlanes, view: View, ops: TorchOps) -> TensorPlanes:
    """Crop, scale, blur, each only where the view asks for it; a crop alone copies nothing."""
    whole = (view.left, view.top) == (0, 0) and (view.width, view.height) == (picture.width // 2 * 2, picture.height // 2 * 2)
    made = picture if whole else picture.cropped(view.left, view.top, view.width, view.height)
    if (view.to_width, view.to_height) != (view.width, view.height):
        sizes = ((view.to_width, view.to_height), *[(view.to_width // 2, view.to_height // 2)] * 2)
        made = _remade(
            [
                _both_ways(plane, ("scale", plane.shape[1], width), ("scale", plane.shape[0], height), ops)
                for plane, (width, height) in zip(made.tensors(), sizes, strict=True)
            ]
        )
    if view.blur_px:
        sigmas = (view.blur_px, view.blur_px / 2, view.blur_px / 2)
        made = _remade(
            [
                _both_ways(plane, ("blur", plane.shape[1], sigma), ("blur", plane.shape[0], sigma), ops)
                for plane, sigma in zip(made.tensors(), sigmas, strict=True)
            ]
        )
    return made


def _remade(planes: list[Tensor]) -> TensorPlanes:
    height, width = planes[0].shape
    return packed(torch.cat([plane.reshape(-1) for plane in planes]), width, height)


def _both_ways(plane: Tensor, across: tuple[str, int, float], down: tuple[str, int, float], ops: TorchOps) -> Tensor:
    level = plane.to(torch.float32)
    if across[0] == "blur" or across[1] != across[2]:
        index, weight = _on_device(across, ops)
        level = (level[:, index] * weight).sum(2)
    if down[0] == "blur" or down[1] != down[2]:
        index, weight = _on_device(down, ops)
        level = (level[index] * weight[:, :, None]).sum(1)
    return level.round().clamp(0, 255).to(torch.uint8)


def _on_device(spec: tuple[str, int, float], ops: TorchOps) -> tuple[Tensor, Tensor]:
    kind, size, goal = spec

    def taps() -> Taps:
        if kind == "blur":
            return blur_taps(size, goal)
        return (area_taps if goal < size else cubic_taps)(size, int(goal))

    index = ops.constant(("taps", spec), lambda: taps().samples.astype(np.float32))  # exact: a plane's side is far below 2^24
    return index.long(), ops.constant(("weights", spec), lambda: taps().weight.astype(np.float32))


def area_taps(size: int, goal: int) -> Taps:
    """Each sample out is the mean of the stretch that it covers, parts of samples counted as parts."""
    scale = size / goal
    first, last = np.arange(goal) * scale, (np.arange(goal) + 1) * scale
    index = np.floor(first + 1e-9).astype(np.int64)[:, None] + np.arange(math.ceil(scale) + 1)
    covered = np.minimum(index + 1, last[:, None]) - np.maximum(index, first[:, None])
    return Taps(np.minimum(index, size - 1), np.clip(covered, 0, None) / scale)


def cubic_taps(size: int, goal: int) -> Taps:
    """Keys' cubic over four samples, between sample centres."""
    at = (np.arange(goal) + 0.5) * (size / goal) - 0.5
    first, a = np.floor(at), CUBIC_A
    part = at - first
    near = [((a + 2) * d - (a + 3)) * d * d + 1 for d in (part, 1 - part)]
    far = [((a * d - 5 * a) * d + 8 * a) * d - 4 * a for d in (part + 1, 2 - part)]
    weight = np.stack([far[0], near[0], near[1], far[1]], 1)
    return Taps(np.clip(first.astype(np.int64)[:, None] + np.arange(-1, 3), 0, size - 1), weight)


def blur_taps(size: int, sigma: float) -> Taps:
    """A Gaussian as long as OpenCV makes it for 8 bits, edges repeated."""
    reach = (round(sigma * 6 + 1) | 1) // 2
    weight = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    index = np.arange(size)[:, None] + np.arange(-reach, reach + 1)
    return Taps(np.clip(index, 0, size - 1), np.tile(weight / weight.sum(), (size, 1)))
