"""Land and plants: ridges, mountains, trees, grass, water."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import skia

from services.assets.starter.kit.motion import wave
from services.assets.starter.kit.paint import Colour, Point, dark, fill, light, linear, mix, oval, polygon, smooth, stroke
from services.assets.starter.stage import HEIGHT, WIDTH


def ridge(
    canvas: skia.Canvas, y: float, height: float, top: Colour, base: Colour, *, seed: int, left: float = 0, right: float = WIDTH
) -> None:
    """Soft hills: a sum of sines that reaches down to the page's end."""
    rng = random.Random(seed)
    parts = [(rng.uniform(0.6, 1.0) / k, k * rng.uniform(0.8, 1.2) / 520, rng.random() * 7) for k in (1, 2, 3.7)]
    total = sum(part[0] for part in parts)
    points: list[Point] = [(left, HEIGHT)]
    x = left
    while x <= right + 12:
        points.append((x, y - height * sum(a * math.sin(x * f + p) for a, f, p in parts) / total))
        x += 12
    points.append((right, HEIGHT))
    canvas.drawPath(polygon(points), linear((0, y - height), (0, y + height * 3), top, base))


def mountain(
    canvas: skia.Canvas, x: float, y: float, width: float, height: float, colour: Colour, *, seed: int, snow: Colour | None = None
) -> None:
    """A peak at `x` standing on `y`, lit from the left, with a broken snow line."""
    rng = random.Random(seed)
    left = [(x - width / 2 * (1 - s) + rng.uniform(-0.02, 0.02) * width, y - height * s) for s in (0.0, 0.22, 0.45, 0.68, 0.85)]
    right = [(x + width / 2 * (1 - s) + rng.uniform(-0.02, 0.02) * width, y - height * s) for s in (0.85, 0.66, 0.42, 0.2, 0.0)]
    peak = (x, y - height)
    body = polygon([*left, peak, *right])
    spine = [
        peak,
        (x + width * 0.03, y - height * 0.8),
        (x - width * 0.03, y - height * 0.6),
        (x + width * 0.05, y - height * 0.38),
        (x - width * 0.01, y),
    ]
    canvas.drawPath(body, linear((0, y - height), (0, y), light(colour, 0.16), colour))
    canvas.save()
    canvas.clipPath(body, True)
    canvas.drawPath(
        polygon([*spine, (x + width, y), (x + width, y - height)]),
        linear((0, y - height), (0, y), dark(colour, 0.28), mix(colour, dark(colour, 0.2), 0.5)),
    )
    if snow is not None:
        teeth = [(x + width * 0.05 * k, y - height * (0.64 + 0.08 * (k % 2))) for k in range(-6, 7)]
        canvas.drawPath(polygon([*teeth, (x + width, y - height * 1.1), (x - width, y - height * 1.1)]), fill(snow))
        canvas.clipPath(polygon([*teeth, (x + width, y - height * 1.1), (x - width, y - height * 1.1)]), True)
        canvas.drawPath(polygon([*spine, (x + width, y), (x + width, y - height)]), fill(mix(snow, colour, 0.38)))
    canvas.restore()


def pine(canvas: skia.Canvas, x: float, y: float, height: float, colour: Colour) -> None:
    canvas.drawRect(skia.Rect.MakeXYWH(x - height * 0.025, y - height * 0.16, height * 0.05, height * 0.16), fill(dark(colour, 0.45)))
    for base, top, half in ((0.1, 0.52, 0.23), (0.32, 0.76, 0.18), (0.55, 1.0, 0.13)):
        tier = polygon([(x - half * height, y - base * height), (x, y - top * height), (x + half * height, y - base * height)])
        canvas.drawPath(tier, fill(colour))
        shade = polygon([(x, y - base * height), (x, y - top * height), (x + half * height, y - base * height)])
        canvas.drawPath(shade, fill(dark(colour, 0.3), 0.55))


def tree(canvas: skia.Canvas, x: float, y: float, height: float, colour: Colour, trunk: Colour = "#6b4a3a") -> None:
    """A round crown on a trunk with two boughs."""
    canvas.drawLine(x, y, x, y - height * 0.55, linear((x - 20, 0), (x + 20, 0), light(trunk, 0.1), dark(trunk, 0.25), width=height * 0.06))
    canvas.drawLine(x, y - height * 0.34, x + height * 0.13, y - height * 0.5, stroke(dark(trunk, 0.2), height * 0.03))
    canvas.drawLine(x, y - height * 0.28, x - height * 0.12, y - height * 0.46, stroke(trunk, height * 0.03))
    puffs = ((0, -0.76, 0.23), (-0.17, -0.62, 0.18), (0.18, -0.61, 0.18), (-0.09, -0.52, 0.15), (0.1, -0.5, 0.15))
    for dx, dy, radius in puffs:
        oval(canvas, x + (dx + 0.02) * height, y + (dy + 0.02) * height, radius * height, radius * height, fill(dark(colour, 0.22)))
    for dx, dy, radius in puffs:
        oval(canvas, x + (dx - 0.015) * height, y + (dy - 0.02) * height, radius * 0.9 * height, radius * 0.88 * height, fill(colour))
    for dx, dy, radius in puffs[:3]:
        oval(
            canvas,
            x + (dx - 0.05) * height,
            y + (dy - 0.06) * height,
            radius * 0.5 * height,
            radius * 0.45 * height,
            fill(light(colour, 0.18), 0.75),
        )


def leaf(canvas: skia.Canvas, x: float, y: float, length: float, angle: float, colour: Colour, width: float = 0.34) -> None:
    """A pointed leaf growing from (x, y); angle in degrees, 0 is up."""
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(angle)
    path = skia.Path()
    path.moveTo(0, 0)
    path.cubicTo(-length * width, -length * 0.3, -length * width * 0.8, -length * 0.75, 0, -length)
    path.cubicTo(length * width * 0.8, -length * 0.75, length * width, -length * 0.3, 0, 0)
    canvas.drawPath(path, fill(colour))
    half = skia.Path()
    half.moveTo(0, 0)
    half.cubicTo(length * width, -length * 0.3, length * width * 0.8, -length * 0.75, 0, -length)
    half.close()
    canvas.drawPath(half, fill(dark(colour, 0.3), 0.4))
    canvas.drawLine(0, 0, 0, -length * 0.9, stroke(light(colour, 0.25), max(1.5, length * 0.02), 0.7))
    canvas.restore()


def potted(canvas: skia.Canvas, x: float, y: float, height: float, leaves: Colour, pot: Colour, t: float, *, blades: int = 7) -> None:
    """A pot plant standing on `y` whose leaves sway."""
    middle = (blades - 1) / 2
    for index in sorted(range(blades), key=lambda k: -abs(k - middle)):
        lean = (index - middle) / middle
        sway = 3.5 * wave(t, 3.6, index * 0.13)
        leaf(
            canvas,
            x + lean * height * 0.06,
            y - height * 0.3,
            height * (0.72 - 0.2 * abs(lean)),
            lean * 58 + sway,
            mix(leaves, light(leaves, 0.2), (index % 3) / 2),
            0.2,
        )
    body = polygon(
        [(x - height * 0.17, y - height * 0.32), (x + height * 0.17, y - height * 0.32), (x + height * 0.12, y), (x - height * 0.12, y)]
    )
    canvas.drawPath(body, linear((x - height * 0.17, 0), (x + height * 0.17, 0), light(pot, 0.12), pot, dark(pot, 0.3)))
    canvas.drawRoundRect(
        skia.Rect.MakeXYWH(x - height * 0.19, y - height * 0.35, height * 0.38, height * 0.07),
        8,
        8,
        linear((x - height * 0.19, 0), (x + height * 0.19, 0), light(pot, 0.25), dark(pot, 0.15)),
    )


def grass(
    canvas: skia.Canvas, y: float, height: float, colour: Colour, t: float, *, seed: int, count: int, left: float = 0, right: float = WIDTH
) -> None:
    rng = random.Random(seed)
    path = skia.Path()
    for _ in range(count):
        x, size, turn = rng.uniform(left, right), height * rng.uniform(0.5, 1.0), rng.random()
        bend = size * (0.22 * wave(t, 2.8, turn * 0.3 + x / 1400) + 0.15)
        path.moveTo(x - 7, y)
        path.quadTo(x, y - size * 0.6, x + bend, y - size)
        path.quadTo(x + 6, y - size * 0.5, x + 7, y)
    canvas.drawPath(path, fill(colour))


def swell(y: float, height: float, t: float, *, length: float, period_s: float, phase: float, bottom: float, step: int = 30) -> skia.Path:
    """A band of water from a moving wave down to `bottom`."""
    points: Sequence[Point] = [
        (x, y + height * (0.7 * wave(t, period_s, phase - x / length) + 0.3 * wave(t, period_s * 0.62, phase * 2 - x / (length * 0.43))))
        for x in range(-60, WIDTH + 90, step)
    ]
    path = smooth(points, closed=False)
    path.lineTo(WIDTH + 90, bottom)
    path.lineTo(-60, bottom)
    path.close()
    return path
