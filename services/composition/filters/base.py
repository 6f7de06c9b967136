"""What a filter is: a picture in, a picture out, written once for every device.

A filter is a frozen dataclass, plain data that a recipe can hold. Its `apply` says what it does in the words of `Ops` and in plain
arithmetic, which numpy arrays and torch tensors both understand, so that the CPU and the GPU draw from one definition.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Array = Any
"""A float32 numpy array or torch tensor of two dimensions; which one, only the ops know."""
Constant = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A layer while it is filtered: float32 levels 0..255, BT.709 limited range, not rounded between filters."""

    y: Array
    """(height, width), both even."""
    u: Array
    """(height / 2, width / 2), sited on the left luma column and between two rows."""
    v: Array
    cover: Array | None = None
    """(height, width), 0..1: how much of the picture is there. None is all of it."""

    @property
    def width(self) -> int:
        return int(self.y.shape[1])

    @property
    def height(self) -> int:
        return int(self.y.shape[0])


class Ops(Protocol):
    """What filters need beyond arithmetic, the same on every device to within a quarter level.

    Planes are repeated at their edges. Positions count from sample centres: sample i lies at i.
    """

    @property
    def xp(self) -> Any:
        """numpy or torch. Use only names that both have with equal meaning and positional arguments: `where`, `minimum`, `maximum`,
        `abs`, `sqrt`, `exp`, `sin`, `cos`, `floor`, `clip` (with both limits)."""
        ...

    def constant(self, key: Hashable, make: Callable[[], Constant]) -> Array:
        """A float32 array on the device, made by `make` the first time and kept for `key`, within a bounded memory."""
        ...

    def blur(self, plane: Array, sigma_x: float, sigma_y: float) -> Array:
        """Gaussian, cut at 3 sigma, weights adding up to 1. A sigma of 0 leaves that axis alone; one above 8 is done on a plane that
        was shrunk."""
        ...

    def shrink(self, plane: Array, across: int, down: int) -> Array:
        """Means of blocks of `across` by `down` samples, over the plane repeated at its right and lower edges to whole blocks."""
        ...

    def resize(self, plane: Array, width: int, height: int) -> Array:
        """Bilinear between sample centres, as if both planes covered the same area; for chroma at luma's samples take `double`."""
        ...

    def double(self, plane: Array) -> Array:
        """A chroma plane at every luma sample, sited as `Picture` says: bilinear, a sample lies on its left luma column."""
        ...

    def sample(self, plane: Array, x: Array, y: Array) -> Array:
        """Bilinear at absolute positions, not rounded to a raster; `x` and `y` have the result's shape."""
        ...

    def curve(self, plane: Array, knots: tuple[float, ...]) -> Array:
        """Straight lines between knots that lie evenly over 0..256."""
        ...

    def lut3d(self, picture: Picture, table: Array) -> Picture:
        """Trilinear look-up of R'G'B' in `table`, (size, size, size, 3) with red the fastest axis last but one; 0..1 in and out. Luma is
        looked up at each of its samples, chroma at its own with the luma of `halve`."""
        ...

    def noise(self, height: int, width: int, seed: int) -> Array:
        """Standard normal noise, the same for equal arguments everywhere: a tile that is made once and shifted by the seed."""
        ...


class Filter(Protocol):
    """A frozen dataclass that can be compared and hashed."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        """Same size out; the input is left alone."""
        ...


def halve(plane: Array) -> Array:
    """A full-size plane at the chroma samples' places: the left column of two, the mean of two rows."""
    return (plane[0::2, 0::2] + plane[1::2, 0::2]) * 0.5


def double(plane: Array, ops: Ops) -> Array:
    """A chroma plane at every luma sample."""
    return ops.double(plane)
