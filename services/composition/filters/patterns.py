"""Patterns: order maps. Each pixel has a number from 0 to 1 that says when it is reached; shapes and wipes are nothing else.

A pattern is a frozen dataclass with `order(height, width)`. Angles are in degrees: 0 runs to the right, 90 downwards. Places are shares
of the picture's sides. `Reveal` turns a pattern, a progress and a softness into a cover.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.float32]
ShapeName = Literal["heart", "star", "diamond", "hexagon"]
QUANTILES = 1024


class Pattern(Protocol):
    """Frozen, so that it can be compared and hashed: its map is made once for each size."""

    def order(self, height: int, width: int) -> Map:
        """(height, width), 0 for what is reached first, 1 for what is reached last."""
        ...


@dataclass(frozen=True, slots=True)
class Linear:
    """A straight edge that travels across."""

    angle_deg: float = 0.0

    def order(self, height: int, width: int) -> Map:
        x, y = _pixels(height, width)
        turn = math.radians(self.angle_deg)
        return _spread(x * np.float32(math.cos(turn)) + y * np.float32(math.sin(turn)))


@dataclass(frozen=True, slots=True)
class Split:
    """Two straight edges that leave the middle line; `angle_deg` is the way of one of them."""

    angle_deg: float = 0.0

    def order(self, height: int, width: int) -> Map:
        return np.abs(Linear(self.angle_deg).order(height, width) * 2 - 1)


@dataclass(frozen=True, slots=True)
class Clock:
    """A hand that turns about the middle, clockwise."""

    start_deg: float = -90.0
    """Where the hand stands first; -90 is twelve o'clock."""

    def order(self, height: int, width: int) -> Map:
        x, y = _pixels(height, width)
        angle = np.arctan2(y - height / 2, x - width / 2) - math.radians(self.start_deg)
        return np.asarray(np.mod(angle, 2 * math.pi) / (2 * math.pi), np.float32)


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle that grows until it reaches the farthest corner."""

    x: float = 0.5
    y: float = 0.5

    def order(self, height: int, width: int) -> Map:
        x, y = _pixels(height, width)
        return _spread(np.hypot(x - self.x * width, y - self.y * height), low=0.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline that grows about its middle; the map holds the size at which it passes a pixel."""

    name: ShapeName = "heart"
    x: float = 0.5
    y: float = 0.5

    def order(self, height: int, width: int) -> Map:
        x, y = _pixels(height, width)
        across, down = x - self.x * width, y - self.y * height
        reach = np.interp(np.arctan2(down, across), *_outline(self.name), period=2 * math.pi)
        return _spread(np.hypot(across, down) / reach, low=0.0)


@dataclass(frozen=True, slots=True)
class Blinds:
    """Slats that all open at once."""

    count: int = 8
    angle_deg: float = 90.0

    def order(self, height: int, width: int) -> Map:
        along = Linear(self.angle_deg).order(height, width) * self.count
        return np.minimum(along - np.minimum(np.floor(along), self.count - 1), 1.0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Checker:
    """The dark fields of a chequerboard open first, then the light ones."""

    across: int = 6
    """Fields along the short side; they are square."""

    def order(self, height: int, width: int) -> Map:
        x, y = _pixels(height, width)
        field_px = min(height, width) / self.across
        column, row = np.floor(x / field_px), np.floor(y / field_px)
        late = np.mod(column + row, 2)
        return np.asarray(late / 2 + (x / field_px - column) / 2, np.float32)


@dataclass(frozen=True, slots=True)
class Grain:
    """Spots in no order, each value as frequent as any other."""

    across: int = 40
    """Spots along the short side: few are clouds, many are dust."""
    seed: int = 1

    def order(self, height: int, width: int) -> Map:
        spot_px = min(height, width) / self.across
        size = (max(2, math.ceil(width / spot_px)), max(2, math.ceil(height / spot_px)))
        coarse = np.random.default_rng(self.seed).random((size[1], size[0]), np.float32)
        cloud = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
        levels = np.quantile(cloud[:: max(1, height // 256), :: max(1, width // 256)], np.linspace(0, 1, QUANTILES))
        return np.interp(cloud, levels, np.linspace(0, 1, QUANTILES)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Spiral:
    """Square fields that open one after the other, round the rim and inwards."""

    across: int = 5
    """Fields along the short side."""

    def order(self, height: int, width: int) -> Map:
        field_px = min(height, width) / self.across
        columns, rows = math.ceil(width / field_px - 1e-6), math.ceil(height / field_px - 1e-6)
        turns = np.zeros((rows, columns), np.float32)
        left = np.arange(rows * columns).reshape(rows, columns)
        at = 0
        while left.size:
            turns.flat[left[0]] = np.arange(at, at + left.shape[1])
            at += left.shape[1]
            left = np.rot90(left[1:])
        x, y = _pixels(height, width)
        column, row = np.minimum(x / field_px, columns - 1e-3), np.minimum(y / field_px, rows - 1e-3)
        within = (column - np.floor(column) + row - np.floor(row)) / 2
        return np.asarray((turns[row.astype(np.int32), column.astype(np.int32)] + within) / at, np.float32)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners. Its outline lies at 0.5 exactly; from there the map falls inwards and rises outwards by the distance,
    as a share of the short side. A mask is a `Reveal` of it at progress 0.5."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0
    radius: float = 0.0
    """Of the corners, as a share of the box's short side, 0..0.5."""

    def order(self, height: int, width: int) -> Map:
        x, y = _pixels(height, width)
        half_width, half_height = (self.right - self.left) * width / 2, (self.bottom - self.top) * height / 2
        radius = min(0.5, max(0.0, self.radius)) * 2 * min(half_width, half_height)
        across = np.abs(x - (self.left + self.right) / 2 * width) - (half_width - radius)
        down = np.abs(y - (self.top + self.bottom) / 2 * height) - (half_height - radius)
        outside = np.hypot(np.maximum(across, 0), np.maximum(down, 0)) + np.minimum(np.maximum(across, down), 0) - radius
        return _around_half(outside, height, width)


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Like `Box`: the outline lies at 0.5."""

    x: float = 0.5
    y: float = 0.5
    radius_x: float = 0.5
    """As a share of the width."""
    radius_y: float = 0.5
    """As a share of the height."""

    def order(self, height: int, width: int) -> Map:
        x, y = _pixels(height, width)
        across, down = (x - self.x * width) / (self.radius_x * width), (y - self.y * height) / (self.radius_y * height)
        away = np.hypot(across, down)
        slope = np.hypot(across / (self.radius_x * width), down / (self.radius_y * height)) / np.maximum(away, 1e-6)
        return _around_half((away - 1) / np.maximum(slope, 1e-6), height, width)  # first-order distance


@dataclass(frozen=True, slots=True)
class Outline:
    """Like `Box`, for the shapes that grow: the outline lies at 0.5; distances are counted from the middle outwards."""

    name: ShapeName
    x: float = 0.5
    y: float = 0.5
    size: float = 0.8
    """Across, as a share of the short side."""

    def order(self, height: int, width: int) -> Map:
        x, y = _pixels(height, width)
        across, down = x - self.x * width, y - self.y * height
        angles, reach = _outline(self.name)
        scale = self.size * min(height, width) / 2 / float(np.max(np.abs(np.cos(angles)) * reach))
        edge = np.interp(np.arctan2(down, across), angles, reach, period=2 * math.pi) * scale
        return _around_half(np.hypot(across, down) - edge, height, width)


def _pixels(height: int, width: int) -> tuple[Map, Map]:
    """Centres of all pixels, across and down."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) + np.float32(0.5)
    return x, y


def _spread(values: NDArray[np.floating], low: float | None = None) -> Map:
    """Brought to 0..1."""
    least, most = float(values.min()) if low is None else low, float(values.max())
    return np.asarray((values - least) / max(1e-6, most - least), np.float32)


def _around_half(distance_px: NDArray[np.floating], height: int, width: int) -> Map:
    return np.clip(0.5 + distance_px / min(height, width), 0, 1).astype(np.float32)


def _outline(name: ShapeName) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Angles and the outline's distance from its middle there; the outline is seen whole from the middle."""
    turn = np.linspace(-math.pi, math.pi, 1441)[:-1]
    if name == "heart":
        # The usual parametric heart, 16 sin³ t and 13 cos t - 5 cos 2t - 2 cos 3t - cos 4t, about a point a little above its middle.
        x = 16 * np.sin(turn) ** 3
        y = -(13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn)) + 1.5
        angles, reach = np.arctan2(y, x), np.hypot(x, y)
        order = np.argsort(angles)
        return angles[order], reach[order]
    corners = {"star": 5, "diamond": 4, "hexagon": 6}[name]
    waist = 0.45 if name == "star" else math.cos(math.pi / corners)
    # Between a tip and the next waist the outline is straight: reach is 1 / (a linear form of the direction).
    step = math.pi / corners
    at = np.abs(np.mod(turn + math.pi / 2 + step, 2 * step) - step)
    tip, dip = (1.0, 0.0), (waist * math.cos(step), waist * math.sin(step))
    normal = (dip[1] - tip[1], tip[0] - dip[0])
    return turn, np.asarray((normal[0] * tip[0]) / (normal[0] * np.cos(at) + normal[1] * np.sin(at)))
