"""Drawings of skia as ink, with soft shadows."""

from __future__ import annotations

import cv2
import numpy as np
import skia

from services.composition.executors.base import Patch
from services.composition.executors.inking import Rgba, ink_of, lay_under
from services.composition.palette import Colour

SHADOW_SHRINK = 4
"""A shadow is soft: it is blurred small. Sheets have whole steps of it."""
BLACK = Colour(0, 0, 0)


class Sheet:
    """A transparent sheet to draw on, of the given place and size on the canvas."""

    def __init__(self, left: int, top: int, width: int, height: int) -> None:
        self.left, self.top = left // 2 * 2, top // 2 * 2
        whole = [(max(0, side) // SHADOW_SHRINK + 2) * SHADOW_SHRINK for side in (height, width)]  # shrinking by whole steps is cheap
        self.pixels: Rgba = np.zeros((*whole, 4), np.uint8)
        size = self.pixels.shape
        form = skia.ImageInfo.Make(size[1], size[0], skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        self._surface = skia.Surface.MakeRasterDirect(form, self.pixels)
        self.canvas = self._surface.getCanvas()
        self.canvas.translate(-self.left, -self.top)  # callers draw in canvas coordinates

    def lay_shadow(self, *, sigma_px: float, strength: float, drop_px: float, colour: Colour = BLACK) -> None:
        """A soft shadow, or a glow in a colour, under all that was drawn so far; blurring the alpha costs a sixth of skia's own filter."""
        self._surface.flushAndSubmit()
        height, width = self.pixels.shape[:2]
        alpha = cv2.extractChannel(self.pixels, 3)
        small = cv2.resize(alpha, (width // SHADOW_SHRINK, height // SHADOW_SHRINK), interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(small, (0, 0), max(0.3, sigma_px / SHADOW_SHRINK))
        shadow = np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
        if (drop := round(drop_px)) > 0:
            shadow[drop:] = shadow[:-drop].copy()
            shadow[:drop] = 0
        lay_under(self.pixels, shadow, strength, colour.levels)

    def patch(self) -> Patch:
        """The ink, cut to the box of what is drawn."""
        self._surface.flushAndSubmit()
        x, y, width, height = cv2.boundingRect(cv2.extractChannel(self.pixels, 3))
        left, top = x // 2 * 2, y // 2 * 2
        right, bottom = (max(2, end + end % 2) for end in (x + width, y + height))
        return ink_of(self.pixels[top:bottom, left:right], self.left + left, self.top + top)
