"""The page a clip is drawn on: design coordinates of 1080x1920 whatever the real size, and stills that are drawn once and moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import skia

WIDTH, HEIGHT = 1080, 1920
"""Of the page, in design pixels; the subject belongs above `HEIGHT * 0.65`, captions lie below."""
FRAME_RATE = 30

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

    def place(self, canvas: skia.Canvas, alpha: float = 1.0) -> None:
        """Under the canvas' own matrix, resampled: for small things that turn, grow or drift slowly."""
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear)
        canvas.save()
        canvas.translate(self.x, self.y)
        canvas.scale(1 / self.scale, 1 / self.scale)
        canvas.drawImage(self.image, 0, 0, sampling, skia.Paint(Alphaf=alpha) if alpha < 1 else None)
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
        surface = skia.Surface(max(1, round(width * self.scale)), max(1, round(height * self.scale)))
        canvas = surface.getCanvas()
        canvas.scale(self.scale, self.scale)
        canvas.translate(-x, -y)
        paint(canvas)
        return Still(surface.makeImageSnapshot(), x, y, self.scale)


Scene = Callable[[Stage], Draw]
"""Makes the stills of a clip and returns what draws its frames."""
