"""`Ops` on torch tensors of any device."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from services.composition.filters.base import Constant, Picture, double, halve
from services.composition.filters.ops import NOISE_TILE_PX, blur_shrink, gauss, noise_tile
from services.composition.planes import KB, KG, KR

KEPT_BYTES = 512 << 20
"""Of constants: a full-size map has 8 MiB at 1080x1920, and a device has room for some dozens."""


class TorchNames:
    """numpy's names with numpy's manners: a plain number may stand for a tensor."""

    float32 = torch.float32
    pi = math.pi

    def __getattr__(self, name: str) -> Any:
        return getattr(torch, name)

    @staticmethod
    def minimum(a: Any, b: Any) -> Any:
        a, b = _both(a, b)
        return torch.minimum(a, b)

    @staticmethod
    def maximum(a: Any, b: Any) -> Any:
        a, b = _both(a, b)
        return torch.maximum(a, b)

    @staticmethod
    def where(condition: Tensor, a: Any, b: Any) -> Tensor:
        """Numbers become float32, as a plane is."""
        a, b = (torch.full((), value, device=condition.device) if isinstance(value, int | float) else value for value in (a, b))
        return torch.where(condition, a, b)

    @staticmethod
    def clip(plane: Tensor, low: Any, high: Any) -> Tensor:
        return torch.clamp(plane, low, high)


class TorchOps:
    """One for each device; its constants may be used from several threads."""

    xp: Any = TorchNames()

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._kept: OrderedDict[Hashable, Tensor] = OrderedDict()
        self._lock = Lock()

    def constant(self, key: Hashable, make: Callable[[], Constant]) -> Tensor:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = torch.from_numpy(np.ascontiguousarray(make(), np.float32)).to(self._device)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > 1 and sum(kept.nbytes for kept in self._kept.values()) > KEPT_BYTES:
                self._kept.popitem(last=False)
        return made

    def blur(self, plane: Tensor, sigma_x: float, sigma_y: float) -> Tensor:
        across, down = blur_shrink(sigma_x), blur_shrink(sigma_y)
        if across > 1 or down > 1:
            height, width = plane.shape
            small = self.blur(self.shrink(plane, across, down), sigma_x / across, sigma_y / down)
            return self.resize(small, small.shape[1] * across, small.shape[0] * down)[:height, :width]
        return self._along(self._along(plane, sigma_x, vertical=False), sigma_y, vertical=True)

    def _along(self, plane: Tensor, sigma: float, *, vertical: bool) -> Tensor:
        if sigma <= 0:
            return plane
        weights = self.constant(("gauss", sigma), lambda: gauss(sigma))
        reach, shape = len(weights) // 2, (1, 1, -1, 1) if vertical else (1, 1, 1, -1)
        padding = (0, 0, reach, reach) if vertical else (reach, reach, 0, 0)
        padded = functional.pad(plane[None, None], padding, mode="replicate")
        return functional.conv2d(padded, weights.reshape(shape))[0, 0]

    def shrink(self, plane: Tensor, across: int, down: int) -> Tensor:
        height, width = plane.shape
        padded = functional.pad(plane[None, None], (0, -width % across, 0, -height % down), mode="replicate")
        return functional.avg_pool2d(padded, (down, across))[0, 0]

    def resize(self, plane: Tensor, width: int, height: int) -> Tensor:
        return functional.interpolate(plane[None, None], (height, width), mode="bilinear", align_corners=False)[0, 0]

    def double(self, plane: Tensor) -> Tensor:
        rows = self.resize(plane, plane.shape[1], plane.shape[0] * 2)
        between = (rows + torch.cat([rows[:, 1:], rows[:, -1:]], 1)) * 0.5
        return torch.stack([rows, between], 2).reshape(rows.shape[0], -1)

    def sample(self, plane: Tensor, x: Tensor, y: Tensor) -> Tensor:
        height, width = plane.shape
        x, y = x.clamp(0, width - 1), y.clamp(0, height - 1)
        left, upper = x.floor(), y.floor()
        share_x, share_y = x - left, y - upper
        column, row = left.long(), upper.long()
        right, above, below = (column + 1).clamp(max=width - 1), row * width, (row + 1).clamp(max=height - 1) * width
        flat = plane.reshape(-1)
        top = torch.lerp(flat[above + column], flat[above + right], share_x)
        bottom = torch.lerp(flat[below + column], flat[below + right], share_x)
        return torch.lerp(top, bottom, share_y)

    def curve(self, plane: Tensor, knots: tuple[float, ...]) -> Tensor:
        table = self.constant(("curve", knots), lambda: np.array(knots, np.float32))
        pieces = len(knots) - 1
        at = plane.clamp(0, 256) * (pieces / 256)
        piece = at.floor().clamp(max=pieces - 1)
        number = piece.long()
        start = table[number]
        return start + (table[number + 1] - start) * (at - piece)

    def lut3d(self, picture: Picture, table: Tensor) -> Picture:
        """What the table says of each colour is turned to Y'CbCr first, so that luma and chroma look up one and two numbers."""
        size = table.shape[0]
        red, green, blue = table.unbind(-1)
        luma = red * KR + green * KG + blue * KB
        u, v = (blue - luma) * (224 / (2 - 2 * KB)) + 128, (red - luma) * (224 / (2 - 2 * KR)) + 128
        large = self._corners(picture.y, double(picture.u, self), double(picture.v, self), size)
        small = self._corners(halve(picture.y), picture.u, picture.v, size)
        return Picture(_mean(large, luma * 219 + 16), _mean(small, u), _mean(small, v), picture.cover)

    def _corners(self, y: Tensor, u: Tensor, v: Tensor, size: int) -> list[tuple[Tensor, Tensor]]:
        """For each corner of the cube of the table that a colour lies in: its number and its share."""
        light, blueness, redness = (y - 16) * (1 / 219), u - 128, v - 128
        red, blue = light + redness * ((2 - 2 * KR) / 224), light + blueness * ((2 - 2 * KB) / 224)
        green = (light - KR * red - KB * blue) * (1 / KG)
        at = [channel.clamp(0, 1) * (size - 1) for channel in (red, green, blue)]
        low = [channel.floor().clamp(max=size - 2) for channel in at]
        part = [channel - floor for channel, floor in zip(at, low, strict=True)]
        base = ((low[2] * size + low[1]) * size + low[0]).long()
        corners = []
        for corner in range(8):
            bits = [corner >> axis & 1 for axis in range(3)]
            share = math.prod((p if bit else 1 - p for p, bit in zip(part, bits, strict=True)), start=1.0)
            corners.append((base + ((bits[2] * size + bits[1]) * size + bits[0]), share))
        return corners  # type: ignore[return-value]

    def noise(self, height: int, width: int, seed: int) -> Tensor:
        tile = self.constant(("noise",), noise_tile)
        rng = np.random.default_rng(seed)
        down, across = (int(first) for first in rng.integers(0, NOISE_TILE_PX, 2))
        rows, columns = (
            (torch.arange(count, device=self._device) + first) % NOISE_TILE_PX for count, first in ((height, down), (width, across))
        )
        return tile[rows[:, None], columns[None, :]]


def _mean(corners: list[tuple[Tensor, Tensor]], table: Tensor) -> Tensor:
    table = table.reshape(-1)
    total = corners[0][1] * table[corners[0][0]]
    for number, share in corners[1:]:
        total = total + share * table[number]
    return total


def _both(a: Any, b: Any) -> tuple[Tensor, Tensor]:
    like = a if isinstance(a, Tensor) else b
    return tuple(x if isinstance(x, Tensor) else torch.full((), float(x), device=like.device) for x in (a, b))  # type: ignore[return-value]
