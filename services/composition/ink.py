"""Drawings of skia as ink, with soft shadows."""

from __future__ import annotations

import cv2
import numpy as np
import skia

from services.composition.executors.base import Patch
from services.composition.executors.inking import Rgba, ink_of, lay_under
from services.composition.palette import Colour

SHADOW_SHRINK = 4
"""A shadow is soft: it is blurred small."""
BLACK = Colour(0, 0, 0)


class Sheet:
    """A transparent sheet to draw on, of the given place and size on the canvas."""

    def __init__(self, left: int, top: int, width: int, height: int) -> None:
        self.left, self.top = left // 2 * 2, top // 2 * 2
        self.pixels: Rgba = np.zeros((max(2, height + height % 2 + 2), max(2, width + width % 2 + 2), 4), np.uint8)
        size = self.pixels.shape
        form = skia.ImageInfo.Make(size[1], size[0], skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        self._surface = skia.Surface.MakeRasterDirect(form, self.pixels)
        self.canvas = self._surface.getCanvas()
        self.canvas.translate(-self.left, -self.top)  # callers draw in canvas coordinates

    def lay_shadow(self, *, sigma_px: float, strength: float, drop_px: float, colour: Colour = BLACK) -> None:
        """A soft shadow, or a glow in a colour, under all that was drawn so far; blurring the alpha costs a sixth of skia's own filter."""
        self._surface.flushAndSubmit()
        alpha = self.pixels[:, :, 3]
        height, width = alpha.shape
        small = cv2.resize(alpha, (max(1, width // SHADOW_SHRINK), max(1, height // SHADOW_SHRINK)), interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(small, (0, 0), max(0.3, sigma_px / SHADOW_SHRINK))
        x, y = width / small.shape[1], height / small.shape[0]
        grow = np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2 + drop_px]], np.float32)
        shadow = np.asarray(cv2.warpAffine(soft, grow, (width, height)), np.uint8)
        lay_under(self.pixels, shadow, strength, colour.levels)

    def patch(self) -> Patch:
        """The ink, cut to the box of what is drawn."""
        self._surface.flushAndSubmit()
        x, y, width, height = cv2.boundingRect(np.ascontiguousarray(self.pixels[:, :, 3]))
        left, top = x // 2 * 2, y // 2 * 2
        right, bottom = (max(2, end + end % 2) for end in (x + width, y + height))
        return ink_of(self.pixels[top:bottom, left:right], self.left + left, self.top + top)
