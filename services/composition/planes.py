"""A picture as three 8-bit planes, 4:2:0, BT.709 limited range: the one form in which pixels travel."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
Pixels = NDArray[np.float32]

BLACK = 16
"""Luma of black, ITU-R BT.709 limited range."""
NO_COLOUR = 128

KR, KG, KB = 0.2126, 0.7152, 0.0722
"""Luma weights, ITU-R BT.709 section 3."""

RGBA_TO_YUV = np.array(
    [
        [KR * 219 / 255, KG * 219 / 255, KB * 219 / 255, 16 / 255],
        [-KR / (2 - 2 * KB) * 224 / 255, -KG / (2 - 2 * KB) * 224 / 255, 0.5 * 224 / 255, 128 / 255],
        [0.5 * 224 / 255, -KG / (2 - 2 * KR) * 224 / 255, -KB / (2 - 2 * KR) * 224 / 255, 128 / 255],
    ],
    dtype=np.float32,
)
"""Premultiplied RGBA (0..255) to premultiplied limited-range YUV: the offsets 16 and 128 are weighted with alpha."""


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """`y` is (height, width), `u` and `v` are half of it each way; rows may be padded."""

    y: Plane
    u: Plane
    v: Plane

    @property
    def width(self) -> int:
        return int(self.y.shape[1])

    @property
    def height(self) -> int:
        return int(self.y.shape[0])

    def all(self) -> tuple[Plane, Plane, Plane]:
        return self.y, self.u, self.v


def blank(width: int, height: int) -> Planes:
    """A black picture."""
    half = (height // 2, width // 2)
    return Planes(np.full((height, width), BLACK, np.uint8), np.full(half, NO_COLOUR, np.uint8), np.full(half, NO_COLOUR, np.uint8))


def halve(full: Pixels) -> Pixels:
    """A full-size chroma plane to half size, sited as H.264 does by default: on the left luma column, between the two rows."""
    padded = np.pad(full, ((0, 0), (1, 1)), mode="edge")
    columns = (padded[:, 0:-2:2] + 2 * padded[:, 1:-1:2] + padded[:, 2::2]) / 4
    return np.asarray((columns[0::2] + columns[1::2]) / 2, np.float32)


def to_bytes(plane: Pixels) -> Plane:
    return np.clip(np.rint(plane), 0, 255).astype(np.uint8)


def yuv_of(rgba: Pixels) -> Pixels:
    """Premultiplied RGBA to premultiplied YUV, (height, width, 3), still in full size."""
    return np.asarray(cv2.transform(rgba, RGBA_TO_YUV), np.float32)


def from_rgb(rgb: NDArray[np.uint8] | Pixels) -> Planes:
    """An opaque RGB picture, 0..255, even sides."""
    opaque = np.dstack([rgb.astype(np.float32), np.full(rgb.shape[:2], 255, np.float32)])
    yuv = yuv_of(opaque)
    return Planes(to_bytes(yuv[:, :, 0]), to_bytes(halve(yuv[:, :, 1])), to_bytes(halve(yuv[:, :, 2])))


def scale_plane(plane: Plane, width: int, height: int, how: int = cv2.INTER_LINEAR) -> Plane:
    return np.asarray(cv2.resize(plane, (width, height), interpolation=how), np.uint8)


def cropped(planes: Planes, left: int, top: int, width: int, height: int) -> Planes:
    """A window without a copy; all four even."""
    half = np.s_[top // 2 : (top + height) // 2, left // 2 : (left + width) // 2]
    return Planes(planes.y[top : top + height, left : left + width], planes.u[half], planes.v[half])


def to_rgb(planes: Planes) -> NDArray[np.uint8]:
    """For looking at: previews, tests and posters."""
    size = (planes.width, planes.height)
    u, v = (cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR).astype(np.float32) - 128 for plane in (planes.u, planes.v))
    y = (planes.y.astype(np.float32) - 16) * (255 / 219)
    scale = 255 / 224
    red, blue = y + scale * (2 - 2 * KR) * v, y + scale * (2 - 2 * KB) * u
    green = y - scale * (KR * (2 - 2 * KR) * v + KB * (2 - 2 * KB) * u) / KG
    return np.asarray(np.clip(np.rint(np.dstack([red, green, blue])), 0, 255), np.uint8)
