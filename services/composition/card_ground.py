"""The ground of cards: a gradient of the brand's colours with soft lights and rings."""

from __future__ import annotations

import cv2
import numpy as np

from services.composition.palette import INK, WHITE, Colour, text_on
from services.composition.planes import Pixels, Planes, to_bytes, yuv_of
from services.composition.recipe import Feed, FeedKind
from services.composition.theme import Theme

GRAIN_LEVELS = 1.2
"""Standard deviation: hides the steps of a dark gradient."""
GRAIN_TILE_PX = 509
"""A prime, so that the repeat of the grain does not fall on the encoder's blocks."""
LIGHTS = (0.62, 0.12, 0.3)
"""How bright the lights are; they stand around the edge, so that the words lie in the calm."""
WORK_SHRINK = 8
"""Gradients are smooth: they are made small and enlarged in floating point."""


def draw_ground(feed: Feed, theme: Theme) -> Planes:
    """One of a card's two gradients; they share their base and differ in their lights."""
    width, height = feed.width_px, feed.height_px
    rng = np.random.default_rng([feed.seed + 1, feed.kind is FeedKind.shapes])
    small = (max(8, width // WORK_SHRINK), max(8, height // WORK_SHRINK))
    y, x = np.mgrid[0 : small[1], 0 : small[0]].astype(np.float32)
    x, y = x / small[0], y / small[1]
    low, high = ends(theme)
    picture: Pixels = _mix(low, high, (0.3 * x + 0.7 * (1 - y))[:, :, None])
    shapes = feed.kind is FeedKind.shapes
    for number, strength in enumerate(LIGHTS):
        angle = 2 * np.pi * (number / len(LIGHTS) + 0.12 + 0.5 * shapes + rng.uniform(-0.06, 0.06))
        centre_x, centre_y = 0.5 + 0.62 * np.cos(angle), 0.5 + 0.46 * np.sin(angle)
        distance = ((x - centre_x) ** 2 + ((y - centre_y) * height / width) ** 2) / rng.uniform(0.5, 0.62) ** 2
        light = (np.exp(-2.6 * distance) * strength)[:, :, None] * np.array(theme.primary.levels, np.float32)
        picture = picture + light * (1 - picture / 255)  # as lamps on a wall: "screen"
    picture = _enlarged(picture, width // 2, height // 2)
    if shapes:
        picture = _with_rings(picture, theme, rng)
    tile = rng.normal(0, GRAIN_LEVELS, (GRAIN_TILE_PX, GRAIN_TILE_PX)).astype(np.float32)
    return _with_grain(picture, width, height, tile)


def _with_grain(half: Pixels, width: int, height: int, tile: Pixels) -> Planes:
    """From RGB in half size: chroma needs no more, and luma is smooth. Chroma gets grain too, or its steps show as bands of hue."""
    yuv = yuv_of(np.dstack([np.clip(half, 0, 255), np.full(half.shape[:2], 255, np.float32)]))
    grain = np.tile(tile, (height // GRAIN_TILE_PX + 1, width // GRAIN_TILE_PX + 1))
    y = _enlarged(yuv[:, :, 0], width, height) + grain[:height, :width]
    u, v = (yuv[:, :, 1 + k] + 0.4 * grain[k : height // 2 + k, : width // 2] for k in range(2))
    return Planes(to_bytes(y), to_bytes(u), to_bytes(v))


def _enlarged(picture: Pixels, width: int, height: int) -> Pixels:
    return np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _with_rings(picture: Pixels, theme: Theme, rng: np.random.Generator) -> Pixels:
    """Two large rings of the brand's colour, faint, partly outside: what is seen to move."""
    height, width = picture.shape[:2]
    y, x = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None, :]
    for number, (strength, share) in enumerate(((0.3, 0.42), (0.2, 0.27))):
        centre_x = width * (0.9 if number == 0 else 0.12) + rng.uniform(-0.05, 0.05) * width
        centre_y = height * (0.24 if number == 0 else 0.8) + rng.uniform(-0.05, 0.05) * height
        distance = np.hypot(x - np.float32(centre_x), y - np.float32(centre_y))
        band = np.abs(distance - share * width) - 0.035 * width
        cover = (np.clip(0.5 - band, 0, 1) * strength)[:, :, None]
        picture = picture + (np.array(theme.primary.levels, np.float32) - picture) * cover
    return picture


def ends(theme: Theme) -> tuple[Colour, Colour]:
    """The gradient's lower and upper colour."""
    return theme.secondary.towards(INK, 0.25), theme.secondary.towards(WHITE, 0.09)


def text_colour(theme: Theme) -> Colour:
    """What reads best on the gradient."""
    low, high = ends(theme)
    return text_on(low.towards(high, 0.5).towards(theme.primary, 0.12))


def _mix(low: Colour, high: Colour, share: Pixels) -> Pixels:
    start, stop = (np.array(colour.levels, np.float32) for colour in (low, high))
    return np.asarray(start + (stop - start) * share, np.float32)
