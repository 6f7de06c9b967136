"""Layers sampled as sums along each axis (cubic, area), drawn apart: the fused drawing then takes them pixel by pixel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from services.composition.executors.base import on_plane
from services.composition.executors.sums import Sums, sums
from services.composition.executors.torch_planes import TensorPlanes, packed
from services.composition.executors.torch_transfer import Transfers
from services.composition.recipe import Axis, Layer, Sampling


def summed(layer: Layer, view: TensorPlanes, transfers: Transfers) -> tuple[Layer, TensorPlanes]:
    """The layer's rectangle as a picture of its own, and the layer that shows it as it is."""
    planes: list[Tensor] = []
    for chroma, plane in zip((False, True, True), view.tensors(), strict=True):
        if len(planes) < 2:  # u and v lie alike
            pitch, (rows, columns) = 2 if chroma else 1, plane.shape
            x = on_plane(layer.x, layer.left, chroma=chroma, horizontal=True)
            y = on_plane(layer.y, layer.top, chroma=chroma, horizontal=False)
            across = _sent(sums(layer.sampling, x, layer.width // pitch, columns), transfers)
            down = _sent(sums(layer.sampling, y, layer.height // pitch, rows), transfers)
        planes.append(_both_ways(plane, across, down, across_first=y.scale < 1).reshape(-1))
    drawn = packed(torch.cat(planes), layer.width, layer.height)
    return replace(layer, x=Axis(1.0, -layer.left), y=Axis(1.0, -layer.top), sampling=Sampling.bilinear), drawn


def _sent(axis: Sums, transfers: Transfers) -> Tensor:
    """(2, taps, count): samples, exact because a plane's side is far below 2^24, and weights."""
    return transfers.table(np.stack([axis.samples.astype(np.float32), axis.weights]))


def _both_ways(plane: Tensor, across: Tensor, down: Tensor, *, across_first: bool) -> Tensor:
    """The dearer step has fewer rows."""
    level = plane.to(torch.float32)
    level = _down(_across(level, across), down) if across_first else _across(_down(level, down), across)
    return level.round().clamp(0, 255).to(torch.uint8)


def _across(level: Tensor, axis: Tensor) -> Tensor:
    samples, weights = axis[0].long(), axis[1]
    return sum((level[:, samples[t]] * weights[t] for t in range(1, len(samples))), level[:, samples[0]] * weights[0])


def _down(level: Tensor, axis: Tensor) -> Tensor:
    samples, weights = axis[0].long(), axis[1][:, :, None]
    return sum((level[samples[t]] * weights[t] for t in range(1, len(samples))), level[samples[0]] * weights[0])
