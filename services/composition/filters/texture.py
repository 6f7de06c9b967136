"""What lies on a picture: grain, dust, the rows of a tube, dots of print, blocks."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from services.composition.chance import chance
from services.composition.filters.base import Array, Constant, Ops, Picture
from services.composition.filters.grid import columns, rows

DUST_PX = 1024
"""Side of the sheet of dust; a frame sees a window of it."""


@dataclass(frozen=True, slots=True)
class Grain:
    """Film grain: strongest in the middle tones, none on black and white."""

    levels: float
    """Standard deviation in the middle tones."""
    size: float
    """Of a grain, luma pixels; 1 is the finest."""
    seed: int

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        width, height = picture.width, picture.height
        small_width, small_height = math.ceil(width / self.size), math.ceil(height / self.size)
        grain = ops.noise(small_height, small_width, self.seed)
        if (small_width, small_height) != (width, height):
            grain = ops.resize(grain, width, height)
        t = (picture.y - 125.5) * (1 / 109.5)
        room = ops.xp.clip(1 - t * t, 0, 1)
        return Picture(picture.y + grain * room * self.levels, picture.u, picture.v, picture.cover)


@dataclass(frozen=True, slots=True)
class Dust:
    """Specks, hairs and a scratch that change from frame to frame."""

    strength: float
    seed: int

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        sheet = ops.constant(("dust",), dust_sheet)
        share = min(1.0, DUST_PX / 2 / max(picture.width, picture.height))
        width, height = max(2, round(picture.width * share)), max(2, round(picture.height * share))
        left, top = (int(chance(self.seed, number) * (DUST_PX - side)) for number, side in ((1, width), (2, height)))
        dust = ops.resize(sheet[top : top + height, left : left + width], picture.width, picture.height) * self.strength
        y = picture.y + ops.xp.where(dust > 0, 230 - picture.y, picture.y - 22) * dust
        if chance(self.seed // 9, 3) < 0.5:  # a scratch stays for some frames, trembling
            at = (0.1 + 0.8 * chance(self.seed // 9, 4)) * picture.width + chance(self.seed, 5) * 2
            away = (columns(ops, picture.width) - at) * (1 / max(0.8, picture.width / 900))
            y = y + (225 - y) * (ops.xp.exp(away * away * -1.5) * (0.3 * self.strength))
        return Picture(y, picture.u, picture.v, picture.cover)


@dataclass(frozen=True, slots=True)
class Scanlines:
    """The rows of a picture tube, with a faint bar that rolls through."""

    pitch_px: float
    strength: float
    """How dark the gaps are, 0..1."""
    bar: float
    """Where the bar is, in shares of the height; 0..1."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        xp = ops.xp
        gain = ops.constant(("scanlines", picture.height, self.pitch_px, self.strength), lambda: self._gain(picture.height))
        away = rows(ops, picture.height, 1 / picture.height) - self.bar
        away = away - xp.floor(away + 0.5)
        bar = 1 - 0.12 * self.strength * xp.exp(away * away * -60)
        return Picture((picture.y - 16) * (gain * bar) + 16, picture.u, picture.v, picture.cover)

    def _gain(self, height: int) -> Constant:
        wave = 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(height) + 0.5) / self.pitch_px)
        return np.asarray((1 + 0.18 * self.strength - self.strength * (1 - wave) ** 1.5)[:, None], np.float32)


@dataclass(frozen=True, slots=True)
class Mosaic:
    """Square blocks, each of the mean of what it covers."""

    block: int
    """Luma pixels, even, at least 2."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        half = self.block // 2
        u, v = (_blocks(plane, half, ops) for plane in (picture.u, picture.v))
        cover = None if picture.cover is None else _blocks(picture.cover, self.block, ops)
        return Picture(_blocks(picture.y, self.block, ops), u, v, cover)


@dataclass(frozen=True, slots=True)
class Halftone:
    """Dots of print: the darker the place, the larger the dot. Colours stay, as on a comic page."""

    pitch: float
    """From dot to dot, luma pixels."""
    angle_deg: float
    amount: float

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        xp = ops.xp
        size = (picture.height, picture.width)
        screen = ops.constant(("halftone", *size, self.pitch, self.angle_deg), lambda: self._screen(*size))
        soft = ops.blur(picture.y, self.pitch / 4, self.pitch / 4)
        ink = xp.clip(((soft - 16) * (1 / 219) - screen) * (self.pitch / 2.2) + 0.5, 0, 1)
        printed = picture.y * 0.4 + (ink * 128 + 16)
        return Picture(picture.y + (printed - picture.y) * self.amount, picture.u, picture.v, picture.cover)

    def _screen(self, height: int, width: int) -> Constant:
        """Threshold of each pixel, 0.05..0.85: a hill a dot."""
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        turn = math.radians(self.angle_deg)
        across, down = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
        hill = (np.cos(2 * np.pi * across / self.pitch) + np.cos(2 * np.pi * down / self.pitch)) / 4 + 0.5
        return np.asarray(0.05 + 0.8 * hill, np.float32)


def _blocks(plane: Array, side: int, ops: Ops) -> Array:
    height, width = plane.shape
    small = ops.shrink(plane, side, side)
    ones = ops.constant(("ones", side), lambda: np.ones((1, side, 1, side), np.float32))
    down, across = small.shape
    return (small[:, None, :, None] * ones).reshape(down * side, across * side)[:height, :width]


def dust_sheet() -> Constant:
    """(DUST_PX, DUST_PX): above 0 for bright specks, below for dark ones; most of it is 0."""
    rng = np.random.default_rng(77)
    sheet = np.zeros((DUST_PX, DUST_PX), np.float32)
    for _ in range(46):
        at, size = rng.integers(0, DUST_PX, 2), rng.uniform(0.6, 2.6)
        axes = (max(1, round(size)), max(1, round(size * rng.uniform(0.5, 1.4))))
        shade = float(rng.choice((0.8, -0.75)))
        cv2.ellipse(sheet, (int(at[0]), int(at[1])), axes, float(rng.uniform(0, 180)), 0, 360, shade, -1, cv2.LINE_8)
    for _ in range(7):
        begin, turn = rng.uniform(0, DUST_PX, 2), rng.uniform(0, 2 * np.pi)
        bend, length = rng.uniform(-0.04, 0.04), rng.integers(14, 40)
        turns = turn + bend * np.arange(length)
        points = begin + np.cumsum(np.column_stack([np.cos(turns), np.sin(turns)]) * 1.6, axis=0)
        cv2.polylines(sheet, [np.asarray(points, np.int32)], False, -0.6, 1, cv2.LINE_8)
    return np.asarray(cv2.GaussianBlur(sheet, (0, 0), 0.6), np.float32)
