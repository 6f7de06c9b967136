"""The page a clip is drawn on: design coordinates of 1080x1920 whatever the real size, and stills that are drawn once and moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

WIDTH, HEIGHT = 1080, 1920
"""Of the page, in design pixels; the subject belongs above `HEIGHT * 0.65`, captions lie below."""
FRAME_RATE = 30
PIXELS = skia.kBGRA_8888_ColorType
"""The order that Skia draws fastest (its constant for the native order names the other one); FFmpeg calls it `bgra`."""

Draw = Callable[[skia.Canvas, float], None]
"""Draws the frame at a time in seconds."""


@dataclass(frozen=True, slots=True)
class Still:
    """A layer as pixels. Moves in whole device pixels: copying is ten times cheaper than resampling."""

    image: skia.Image
    x: float
    y: float
    scale: float

    def draw(self, canvas: skia.Canvas, dx: float = 0.0, dy: float = 0.0, alpha: float = 1.0) -> None:
        """At its own place, moved by (dx, dy) design pixels; rotation and zoom of the canvas do not apply."""
        canvas.save()
        canvas.resetMatrix()
        paint = skia.Paint(Alphaf=alpha) if alpha < 1 else None
        canvas.drawImage(self.image, round((self.x + dx) * self.scale), round((self.y + dy) * self.scale), skia.SamplingOptions(), paint)
        canvas.restore()


@dataclass(frozen=True, slots=True)
class Stage:
    """What a scene gets to make its stills."""

    scale: float
    """Device pixels a design pixel."""

    def still(
        self, paint: Callable[[skia.Canvas], None], x: float = 0, y: float = 0, width: float = WIDTH, height: float = HEIGHT
    ) -> Still:
        """Draw once what `paint` draws inside the given part of the page, which may reach beyond the page's edges."""
        pixels = np.zeros((max(1, round(height * self.scale)), max(1, round(width * self.scale)), 4), np.uint8)
        surface = skia.Surface(pixels, colorType=PIXELS, alphaType=skia.kPremul_AlphaType)
        canvas = surface.getCanvas()
        canvas.scale(self.scale, self.scale)
        canvas.translate(-x, -y)
        paint(canvas)
        left, top, cropped = _cropped(pixels)
        opaque = bool((cropped[:, :, 3] == 255).all())
        alpha_type = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
        image = skia.Image.fromarray(cropped, colorType=PIXELS, alphaType=alpha_type, copy=True)
        return Still(image, x + left / self.scale, y + top / self.scale, self.scale)


def _cropped(pixels: NDArray[np.uint8]) -> tuple[int, int, NDArray[np.uint8]]:
    """Without the empty margins, which cost time whenever a still is drawn: left, top, the rest."""
    rows = np.flatnonzero(pixels[:, :, 3].any(axis=1))
    columns = np.flatnonzero(pixels[:, :, 3].any(axis=0))
    if rows.size == 0:
        return 0, 0, pixels[:1, :1]
    return int(columns[0]), int(rows[0]), np.ascontiguousarray(pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


Scene = Callable[[Stage], Draw]
"""Makes the stills of a clip and returns what draws its frames."""
