"""Pictures in a device's memory: the three planes of one picture in one tensor, so that a kernel needs one address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from services.composition.planes import BLACK, NO_COLOUR


@dataclass(frozen=True, slots=True)
class Grid:
    """A plane inside a flat tensor: sample (x, y) lies at `first + y * stride + x`."""

    first: int
    stride: int
    width: int
    height: int

    def of(self, data: Tensor) -> Tensor:
        """The plane as a tensor of two dimensions, without a copy."""
        return data.as_strided((self.height, self.width), (self.stride, 1), self.first)

    def window(self, left: int, top: int, width: int, height: int) -> Grid:
        return Grid(self.first + top * self.stride + left, self.stride, width, height)


@dataclass(frozen=True, slots=True, eq=False)
class TensorPlanes:
    """4:2:0 in 8 bits, as `planes.Planes`, on a device."""

    data: Tensor
    """uint8, one dimension."""
    y: Grid
    u: Grid
    v: Grid
    ready: Any = None
    """The CUDA event after which it may be read by other streams; None where there is nothing to wait for."""

    @property
    def width(self) -> int:
        return self.y.width

    @property
    def height(self) -> int:
        return self.y.height

    @property
    def nbytes(self) -> int:
        return int(self.data.nbytes)

    def all(self) -> tuple[Grid, Grid, Grid]:
        return self.y, self.u, self.v

    def tensors(self) -> tuple[Tensor, Tensor, Tensor]:
        return self.y.of(self.data), self.u.of(self.data), self.v.of(self.data)

    def cropped(self, left: int, top: int, width: int, height: int) -> TensorPlanes:
        """A window without a copy; all four even."""
        half = (left // 2, top // 2, width // 2, height // 2)
        return TensorPlanes(self.data, self.y.window(left, top, width, height), self.u.window(*half), self.v.window(*half), self.ready)


def packed(data: Tensor, width: int, height: int, ready: Any = None) -> TensorPlanes:
    """I420: Y, U and V one after the other without padding. Odd sides have a chroma sample more."""
    half_width, half_height = (width + 1) // 2, (height + 1) // 2
    y = Grid(0, width, width, height)
    u = Grid(width * height, half_width, half_width, half_height)
    return TensorPlanes(data, y, u, Grid(u.first + half_width * half_height, half_width, half_width, half_height), ready)


def packed_bytes(width: int, height: int) -> int:
    return width * height + 2 * ((width + 1) // 2) * ((height + 1) // 2)


def black(width: int, height: int, device: torch.device) -> TensorPlanes:
    data = torch.full((packed_bytes(width, height),), NO_COLOUR, dtype=torch.uint8, device=device)
    data[: width * height] = BLACK
    return packed(data, width, height)
