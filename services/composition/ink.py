"""Drawings of skia as ink: soft shadows, and the one conversion to premultiplied planes."""

from __future__ import annotations

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from services.composition.executors.base import Patch
from services.composition.palette import Colour
from services.composition.planes import Planes, halve, to_bytes, yuv_of

Rgba = NDArray[np.uint8]
"""(height, width, 4), premultiplied."""


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
        shadow = cv2.warpAffine(soft, grow, (width, height)).astype(np.uint16)
        below = np.minimum(shadow * np.uint16(round(strength * 256)) // 256, 255) * (255 - alpha.astype(np.uint16)) // 255
        for channel, level in enumerate(colour.levels):
            if level:
                self.pixels[:, :, channel] += (below * np.uint16(level) // 255).astype(np.uint8)
        alpha += below.astype(np.uint8)

    def patch(self) -> Patch:
        """The ink, cut to the box of what is drawn."""
        self._surface.flushAndSubmit()
        rows, columns = np.nonzero(self.pixels[:, :, 3].any(axis=1))[0], np.nonzero(self.pixels[:, :, 3].any(axis=0))[0]
        if not len(rows):
            return to_patch(self.pixels[:2, :2], self.left, self.top)
        top, left = int(rows[0]) // 2 * 2, int(columns[0]) // 2 * 2
        bottom, right = (int(last) // 2 * 2 + 2 for last in (rows[-1], columns[-1]))
        return to_patch(self.pixels[top:bottom, left:right], self.left + left, self.top + top)


def to_patch(rgba: Rgba, left: int, top: int) -> Patch:
    """Even sides, even place."""
    yuv = yuv_of(rgba.astype(np.float32))
    alpha = rgba[:, :, 3].astype(np.float32)
    ink = Planes(to_bytes(yuv[:, :, 0]), to_bytes(halve(yuv[:, :, 1])), to_bytes(halve(yuv[:, :, 2])))
    return Patch(left, top, ink, to_bytes(255 - alpha), to_bytes(halve(255 - alpha)))
