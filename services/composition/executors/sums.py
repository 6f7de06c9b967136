"""Sampling as weighted sums along each axis: what `find_sums` of kernel.c computes, for the executors that are not the kernel."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.composition.executors.base import PlaneAxis
from services.composition.recipe import Sampling

SHARPNESS = -0.75
"""The parameter of Keys' cubic ("Cubic convolution interpolation for digital image processing", 1981), OpenCV's."""


class Sums(NamedTuple):
    """Result i is the sum over t of source sample `samples[t, i]` times `weights[t, i]`; both (taps, count)."""

    samples: NDArray[np.int64]
    weights: NDArray[np.float32]


def sums(sampling: Sampling, axis: PlaneAxis, count: int, size: int) -> Sums:
    """For `count` samples from a plane's side of `size`; `sampling` is cubic or area."""
    at = np.clip(np.arange(count) * axis.scale + axis.offset, -1, size)
    first, weights = _cubic(at) if sampling is Sampling.cubic else _area(at, max(1.0, axis.scale))
    samples = first.astype(np.int64) + np.arange(len(weights))[:, None]
    return Sums(samples.clip(0, size - 1), weights.astype(np.float32))


def _cubic(at: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    part, a = at - np.floor(at), SHARPNESS
    far = [((a * x - 5 * a) * x + 8 * a) * x - 4 * a for x in (part + 1, 2 - part)]
    near = [((a + 2) * x - (a + 3)) * x * x + 1 for x in (part, 1 - part)]
    return np.floor(at) - 1, np.stack([far[0], near[0], near[1], far[1]])


def _area(at: NDArray[np.float64], wide: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much of each sample lies in the stretch of `wide` samples around the place."""
    begin = at + 0.5 - wide / 2
    first = np.floor(begin)
    sample = first + np.arange(math.ceil(wide) + 1)[:, None]
    covered = np.minimum(begin + wide, sample + 1) - np.maximum(begin, sample)
    return first, covered.clip(0) / wide
