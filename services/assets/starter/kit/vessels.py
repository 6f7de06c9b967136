"""Cups, mugs, glasses and what goes into them: steam, drops, ice."""

from __future__ import annotations

import random

import skia

from services.assets.starter.kit.motion import cycle, wave
from services.assets.starter.kit.paint import Colour, Point, dark, fill, light, linear, mix, oval, rounded, smooth, stroke

TEAL, STEEL = "#1f7a78", "#cfd6dc"


def metal(left: float, right: float, colour: Colour) -> skia.Paint:
    """A lit cylinder: soft edge light, a bright band, a core shadow, a rim light."""
    return linear(
        (left, 0),
        (right, 0),
        dark(colour, 0.25),
        light(colour, 0.1),
        light(colour, 0.5),
        light(colour, 0.12),
        colour,
        dark(colour, 0.42),
        dark(colour, 0.18),
        at=(0, 0.1, 0.22, 0.36, 0.55, 0.9, 1),
    )


def tumbler(canvas: skia.Canvas, x: float, y: float, height: float, colour: Colour = TEAL, *, lid: bool = True, loop: bool = True) -> None:
    """An insulated cup standing on `y`: painted steel body, bare steel foot and collar, a lid with a carrying loop."""
    top, foot = height * 0.2, height * 0.155
    shoulder = y - height * (0.8 if lid else 0.9)
    body = skia.Path()
    body.moveTo(x - top, shoulder)
    body.lineTo(x + top, shoulder)
    body.cubicTo(x + top, y - height * 0.3, x + foot, y - height * 0.2, x + foot, y - height * 0.03)
    body.quadTo(x + foot, y, x + foot - height * 0.03, y)
    body.lineTo(x - foot + height * 0.03, y)
    body.quadTo(x - foot, y, x - foot, y - height * 0.03)
    body.cubicTo(x - foot, y - height * 0.2, x - top, y - height * 0.3, x - top, shoulder)
    canvas.drawPath(body, metal(x - top, x + top, colour))
    canvas.save()
    canvas.clipPath(body, True)
    canvas.drawRect(skia.Rect.MakeXYWH(x - top, y - height * 0.055, 2 * top, height * 0.06), metal(x - foot, x + foot, STEEL))
    canvas.drawRect(skia.Rect.MakeXYWH(x - top, y - height * 0.062, 2 * top, height * 0.008), fill(dark(colour, 0.5), 0.6))
    mark = height * 0.045
    for turn in (0, 120, 240):  # a small drop-leaf mark instead of lettering
        canvas.save()
        canvas.translate(x - top * 0.12, y - height * 0.47)
        canvas.rotate(turn)
        oval(canvas, 0, -mark * 0.55, mark * 0.3, mark * 0.55, fill("#ffffff", 0.62))
        canvas.restore()
    canvas.restore()
    rounded(canvas, x - top * 1.03, shoulder - height * 0.022, top * 2.06, height * 0.034, height * 0.012, metal(x - top, x + top, STEEL))
    if not lid:
        oval(canvas, x, shoulder - height * 0.02, top * 0.96, height * 0.026, linear((x - top, 0), (x + top, 0), "#8e99a2", "#4d565d"))
        oval(canvas, x, shoulder - height * 0.012, top * 0.84, height * 0.017, fill("#5a3220"))
        return
    cap = mix(colour, "#20262c", 0.72)
    if loop:
        path = skia.Path()
        path.moveTo(x - top * 0.52, y - height * 0.93)
        path.cubicTo(x - top * 0.5, y - height * 1.06, x + top * 0.5, y - height * 1.06, x + top * 0.52, y - height * 0.93)
        canvas.drawPath(path, stroke(dark(cap, 0.2), height * 0.034))
        canvas.drawPath(path, stroke(light(cap, 0.25), height * 0.01))
    rounded(canvas, x - top * 0.94, y - height * 0.945, top * 1.88, height * 0.125, height * 0.035, metal(x - top, x + top, cap))
    rounded(
        canvas,
        x - top * 0.62,
        y - height * 0.965,
        top * 1.24,
        height * 0.04,
        height * 0.02,
        metal(x - top * 0.6, x + top * 0.6, light(cap, 0.12)),
    )


def mug(
    canvas: skia.Canvas, x: float, y: float, size: float, colour: Colour, *, coffee: Colour | None = "#5a3220", handle: int = 1
) -> None:
    """A round-bottomed mug, `size` high, its handle to the right (1) or the left (-1)."""
    half = size * 0.48
    grip = skia.Path()
    grip.addOval(skia.Rect.MakeXYWH(x + handle * half - size * 0.24, y - size * 0.76, size * 0.48, size * 0.48))
    canvas.drawPath(grip, stroke(dark(colour, 0.2), size * 0.11))
    body = skia.Path()
    body.moveTo(x - half, y - size)
    body.lineTo(x + half, y - size)
    body.cubicTo(x + half, y - size * 0.3, x + half * 0.86, y, x + half * 0.5, y)
    body.lineTo(x - half * 0.5, y)
    body.cubicTo(x - half * 0.86, y, x - half, y - size * 0.3, x - half, y - size)
    canvas.drawPath(
        body,
        linear((x - half, 0), (x + half, 0), light(colour, 0.1), light(colour, 0.35), colour, dark(colour, 0.28), at=(0, 0.25, 0.6, 1)),
    )
    oval(canvas, x, y - size, half, size * 0.1, fill(light(colour, 0.3)))
    oval(canvas, x, y - size * 0.99, half * 0.9, size * 0.08, fill(dark(colour, 0.35)))
    if coffee is not None:
        oval(canvas, x, y - size * 0.975, half * 0.84, size * 0.064, linear((x - half, 0), (x + half, 0), light(coffee, 0.22), coffee))


def steam(
    canvas: skia.Canvas, x: float, y: float, height: float, t: float, *, width: float = 60, colour: Colour = "#ffffff", alpha: float = 0.5
) -> None:
    """Three ribbons that curl upwards and dissolve; each is drawn in widths from broad and faint to narrow."""
    for index, offset in enumerate((-0.75, 0.05, 0.8)):
        tall = height * (0.82, 1.0, 0.74)[index]
        points: list[Point] = []
        for k in range(13):
            share = k / 12
            swing = width * (0.15 + 0.75 * share) * wave(t, 3.2, -share * 1.15 + index * 0.37)
            points.append((x + offset * width + swing + width * 0.2 * wave(t, 6.4, index * 0.2) * share, y - tall * share))
        path = smooth(points, closed=False)
        strength = alpha * (0.85 + 0.15 * wave(t, 2.4, index * 0.31))
        for broad, part in ((0.9, 0.22), (0.5, 0.42), (0.18, 0.55)):
            canvas.drawPath(
                path,
                linear(
                    (0, y), (0, y - tall), (colour, 0.0), (colour, strength * part), (colour, strength * part * 0.8), (colour, 0.0),
                    at=(0, 0.18, 0.55, 1), width=width * broad * 0.8,
                ),
            )  # fmt: skip


def drop(canvas: skia.Canvas, x: float, y: float, size: float, colour: Colour = "#bfe6f5", alpha: float = 0.95) -> None:
    """A falling drop, its tip up."""
    path = skia.Path()
    path.moveTo(x, y - size)
    path.cubicTo(x + size * 0.25, y - size * 0.35, x + size * 0.52, y - size * 0.1, x + size * 0.5, y + size * 0.22)
    path.cubicTo(x + size * 0.46, y + size * 0.72, x - size * 0.46, y + size * 0.72, x - size * 0.5, y + size * 0.22)
    path.cubicTo(x - size * 0.52, y - size * 0.1, x - size * 0.25, y - size * 0.35, x, y - size)
    canvas.drawPath(
        path,
        linear(
            (x - size * 0.5, y),
            (x + size * 0.5, y + size * 0.5),
            (light(colour, 0.5), alpha),
            (colour, alpha),
            (mix(colour, "#3a87b8", 0.55), alpha),
        ),
    )
    oval(canvas, x - size * 0.18, y + size * 0.12, size * 0.09, size * 0.2, fill("#ffffff", 0.85))


def bead(canvas: skia.Canvas, x: float, y: float, size: float, colour: Colour = "#dff3fb") -> None:
    """A drop lying on a surface."""
    oval(canvas, x, y, size, size * 0.92, linear((x, y - size), (x, y + size), (colour, 0.35), ("#ffffff", 0.75)))
    oval(canvas, x - size * 0.3, y - size * 0.35, size * 0.26, size * 0.2, fill("#ffffff", 0.95))


def ice_cube(canvas: skia.Canvas, x: float, y: float, size: float, angle: float) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(angle)
    half = size / 2
    rounded(
        canvas,
        -half,
        -half,
        size,
        size,
        size * 0.2,
        linear((-half, -half), (half, half), ("#f4fcff", 0.95), ("#b9e4f7", 0.85), ("#7cc3e8", 0.85)),
    )
    rounded(
        canvas,
        -half * 0.66,
        -half * 0.66,
        size * 0.66,
        size * 0.66,
        size * 0.14,
        linear((-half, -half), (half, half), ("#ffffff", 0.15), ("#ffffff", 0.6)),
    )
    canvas.drawLine(-half * 0.6, -half * 0.78, half * 0.25, -half * 0.78, stroke("#ffffff", size * 0.05, 0.9))
    canvas.drawLine(-half * 0.78, -half * 0.5, -half * 0.78, half * 0.1, stroke("#ffffff", size * 0.05, 0.7))
    canvas.restore()


def citrus(
    canvas: skia.Canvas, x: float, y: float, radius: float, angle: float, rind: Colour = "#f6c21c", flesh: Colour = "#fbe27a"
) -> None:
    """A slice of lemon or orange."""
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(angle)
    canvas.drawCircle(0, 0, radius, fill(rind))
    canvas.drawCircle(0, 0, radius * 0.9, fill("#fffbe8"))
    for turn in range(8):
        canvas.save()
        canvas.rotate(turn * 45)
        canvas.drawPath(
            smooth([(0, -radius * 0.1), (radius * 0.24, -radius * 0.7), (0, -radius * 0.82), (-radius * 0.24, -radius * 0.7)]), fill(flesh)
        )
        canvas.restore()
    canvas.restore()


class Bubbles:
    """Small rings that rise inside a rectangle."""

    def __init__(self, count: int, *, seed: int, left: float, right: float, top: float, bottom: float) -> None:
        rng = random.Random(seed)
        self._all = [(rng.uniform(left, right), rng.random(), rng.uniform(5, 15), rng.uniform(1.8, 3.6)) for _ in range(count)]
        self._top, self._bottom = top, bottom

    def draw(self, canvas: skia.Canvas, t: float) -> None:
        for x, phase, size, period in self._all:
            share = cycle(t, period, phase)
            y = self._bottom - (self._bottom - self._top) * share
            canvas.drawCircle(x + 8 * wave(t, 1.3, phase), y, size, stroke("#ffffff", 3, 0.75 * min(1.0, 6 * (1 - share))))
