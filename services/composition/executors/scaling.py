"""Pictures at another size, or softer, in integers: by the compiled kernel where it is loaded, by numpy else, with the same bytes.

The weights are OpenCV's: cubic convolution (a = -0.75) where a side grows, the mean over each sample's area where it shrinks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from services.composition.executors.library import AXIS_LANES, ONE_Q15, Library
from services.composition.planes import Plane, Planes

SHARPNESS = -0.75
"""The parameter of the cubic."""


@dataclass(frozen=True, slots=True, eq=False)
class Taps:
    """One axis: sample i is the sum of `weight[t, i]` (Q15) times source sample `start[i] + t`. Both are padded to whole vectors."""

    count: int
    start: NDArray[np.int32]
    weight: NDArray[np.int16]


def resized(planes: Planes, width: int, height: int, into: Planes | None = None) -> Planes:
    """By area when shrinking, by cubic when growing; even sides. `into` is a picture of that size to draw over."""
    target = into or _new(width, height)
    for source, plane in zip(planes.all(), target.all(), strict=True):
        _summed(source, plane, taps(source.shape[1], plane.shape[1]), taps(source.shape[0], plane.shape[0]))
    return target


def softened(planes: Planes, sigma: float) -> Planes:
    """Blurred by a Gaussian, in luma samples; edges repeated."""
    target = _new(planes.width, planes.height)
    for number, (source, plane) in enumerate(zip(planes.all(), target.all(), strict=True)):
        across, down = (blur_taps(side, sigma / 2 if number else sigma) for side in (source.shape[1], source.shape[0]))
        _summed(source, plane, across, down)
    return target


def _summed(source: Plane, target: Plane, across: Taps, down: Taps) -> None:
    if Library.loaded is None:
        target[:] = by_numpy(source, across, down)
    else:
        Library.loaded.resample(source, target, (across.start, across.weight), (down.start, down.weight))


def _new(width: int, height: int) -> Planes:
    half = (height // 2, width // 2)
    return Planes(np.empty((height, width), np.uint8), np.empty(half, np.uint8), np.empty(half, np.uint8))


@lru_cache(maxsize=64)
def taps(size: int, count: int) -> Taps:
    """For `count` samples from `size`."""
    return _in_q15(*(_area(size, count) if count < size else _cubic(size, count)))


@lru_cache(maxsize=16)
def blur_taps(size: int, sigma: float) -> Taps:
    """As long as OpenCV's for 8 bits."""
    weight = np.asarray(cv2.getGaussianKernel(round(sigma * 6 + 1) | 1, sigma), np.float64)
    return _in_q15(np.arange(size) - len(weight) // 2, np.tile(weight, (1, size)))


def _in_q15(start: NDArray[np.int64], weight: NDArray[np.float64]) -> Taps:
    count = len(start)
    q15 = np.clip(np.rint(weight * 32768), -ONE_Q15, ONE_Q15).astype(np.int16)
    padding = (0, -count % AXIS_LANES)
    return Taps(
        count, np.pad(start.astype(np.int32), padding, mode="edge"), np.ascontiguousarray(np.pad(q15, ((0, 0), padding), mode="edge"))
    )


def _cubic(size: int, count: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Keys, "Cubic convolution interpolation for digital image processing", 1981."""
    at = (np.arange(count) + 0.5) * size / count - 0.5
    first = np.floor(at).astype(np.int64)
    part, a = at - first, SHARPNESS
    outer = [((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a for x in (part, 1 - part)]
    inner = [((a + 2) * x - (a + 3)) * x * x + 1 for x in (part, 1 - part)]
    return first - 1, np.stack([outer[0], inner[0], inner[1], outer[1]])


def _area(size: int, count: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """How much of each source sample lies in the stretch that becomes one."""
    begin, end = np.arange(count) * size / count, np.arange(1, count + 1) * size / count
    first = np.floor(begin + 1e-9).astype(np.int64)
    most = int(np.max(np.ceil(end - 1e-9) - first))
    sample = first + np.arange(most)[:, None]
    covered = np.clip(np.minimum(end, sample + 1) - np.maximum(begin, sample), 0, 1)
    return first, covered / covered.sum(axis=0)


def by_numpy(plane: Plane, across: Taps, down: Taps) -> Plane:
    """The steps of resample.c."""
    wide = plane.astype(np.int32) << 6
    grows = down.count > plane.shape[0]
    total = _weighed(_weighed(wide.T, across).T, down) if grows else _weighed(_weighed(wide, down).T, across).T
    return np.asarray(np.clip((total + 32) >> 6, 0, 255), np.uint8)


def _weighed(samples: NDArray[np.int32], axis: Taps) -> NDArray[np.int32]:
    """Along the first axis."""
    total = np.zeros((axis.count, samples.shape[1]), np.int32)
    for step, weight in enumerate(axis.weight[:, : axis.count].astype(np.int32)):
        taken = samples[np.clip(axis.start[: axis.count] + step, 0, len(samples) - 1)]
        total += (taken * weight[:, None] + (1 << 14)) >> 15
    return total
