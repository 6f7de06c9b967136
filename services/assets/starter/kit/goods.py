"""What is bought and sent: parcels, gifts, bags, carts, tags, confetti."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import skia

from services.assets.starter.kit.motion import wave
from services.assets.starter.kit.paint import Colour, box, dark, fill, light, linear, polygon, rounded, smooth, stroke
from services.assets.starter.stage import HEIGHT, WIDTH

CONFETTI = ("#f25f4c", "#ffb627", "#2ec4b6", "#3a86ff", "#ff7eb6", "#8bd450")


def parcel(canvas: skia.Canvas, x: float, y: float, width: float, colour: Colour = "#c99560", *, tape: Colour = "#efd3a4") -> None:
    """A closed carton standing on `y`."""
    tall = width * 0.78
    rounded(
        canvas,
        x - width / 2,
        y - tall,
        width,
        tall,
        8,
        linear((x - width / 2, 0), (x + width / 2, 0), light(colour, 0.16), colour, dark(colour, 0.2)),
    )
    canvas.drawRect(box(x - width * 0.08, y - tall, width * 0.16, tall), fill(tape, 0.75))
    canvas.drawRect(box(x - width / 2, y - tall, width, tall * 0.07), fill(light(colour, 0.3), 0.6))
    rounded(canvas, x + width * 0.16, y - tall * 0.42, width * 0.24, tall * 0.26, 5, fill("#fffaf0", 0.9))
    for k in range(3):
        canvas.drawRect(box(x + width * 0.19, y - tall * (0.36 - 0.07 * k), width * (0.18 - 0.04 * k), tall * 0.025), fill("#8a8f98", 0.7))
    for k in range(2):  # this side up
        ax = x - width * (0.36 - 0.1 * k)
        canvas.drawPath(
            polygon([(ax, y - tall * 0.3), (ax + width * 0.035, y - tall * 0.22), (ax - width * 0.035, y - tall * 0.22)]),
            fill(dark(colour, 0.45)),
        )
        canvas.drawLine(ax, y - tall * 0.22, ax, y - tall * 0.14, stroke(dark(colour, 0.45), width * 0.018))


def bow(canvas: skia.Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    for side in (-1, 1):
        tail = smooth([(x, y), (x + side * size * 0.25, y + size * 0.2), (x + side * size * 0.34, y + size * 0.5)], closed=False)
        canvas.drawPath(tail, stroke(dark(colour, 0.15), size * 0.13))
        loop = skia.Path()
        loop.moveTo(x, y)
        loop.cubicTo(
            x + side * size * 0.2, y - size * 0.55, x + side * size * 0.85, y - size * 0.45, x + side * size * 0.62, y - size * 0.05
        )
        loop.cubicTo(x + side * size * 0.5, y + size * 0.14, x + side * size * 0.2, y + size * 0.08, x, y)
        canvas.drawPath(loop, linear((x, y), (x + side * size * 0.6, y - size * 0.3), dark(colour, 0.25), colour, light(colour, 0.2)))
    rounded(canvas, x - size * 0.1, y - size * 0.11, size * 0.2, size * 0.22, size * 0.07, fill(light(colour, 0.12)))


def bag(canvas: skia.Canvas, x: float, y: float, width: float, colour: Colour, angle: float) -> None:
    """A paper bag hanging by its handles from (x, y)."""
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(angle)
    drop, tall = width * 0.42, width * 1.16
    for shift, tone in ((-0.04, dark(colour, 0.45)), (0.04, dark(colour, 0.2))):
        path = skia.Path()
        path.moveTo(-width * 0.24, drop + 16)
        path.cubicTo(-width * 0.22, -width * 0.12, width * (0.22 + shift), -width * 0.12, width * 0.24, drop + 16)
        canvas.drawPath(path, stroke(tone, width * 0.03))
    canvas.drawPath(
        polygon([(-width / 2, drop), (width / 2, drop), (width * 0.54, drop + tall), (-width * 0.54, drop + tall)]),
        linear((-width / 2, 0), (width / 2, 0), light(colour, 0.22), colour, dark(colour, 0.16)),
    )
    canvas.drawPath(
        polygon([(width * 0.3, drop), (width / 2, drop), (width * 0.54, drop + tall), (width * 0.36, drop + tall * 0.8)]),
        fill(dark(colour, 0.25), 0.5),
    )
    canvas.drawRect(box(-width / 2, drop, width, width * 0.05), fill(light(colour, 0.35), 0.8))
    heart(canvas, -width * 0.06, drop + tall * 0.5, width * 0.17, fill("#ffffff", 0.85))
    canvas.restore()


def heart(canvas: skia.Canvas, x: float, y: float, size: float, paint: skia.Paint) -> None:
    """`size` is half the width."""
    path = skia.Path()
    path.moveTo(x, y + size * 0.95)
    path.cubicTo(x - size * 0.5, y + size * 0.5, x - size * 1.12, y + size * 0.1, x - size * 0.98, y - size * 0.42)
    path.cubicTo(x - size * 0.84, y - size * 0.96, x - size * 0.2, y - size * 0.98, x, y - size * 0.4)
    path.cubicTo(x + size * 0.2, y - size * 0.98, x + size * 0.84, y - size * 0.96, x + size * 0.98, y - size * 0.42)
    path.cubicTo(x + size * 1.12, y + size * 0.1, x + size * 0.5, y + size * 0.5, x, y + size * 0.95)
    canvas.drawPath(path, paint)


def price_tag(canvas: skia.Canvas, x: float, y: float, size: float, colour: Colour, angle: float) -> None:
    """A blank tag on a string that hangs from (x, y)."""
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(angle)
    canvas.drawLine(0, 0, 0, size * 0.34, stroke("#fff6e0", size * 0.025))
    path = polygon(
        [
            (-size * 0.18, size * 0.3),
            (size * 0.18, size * 0.3),
            (size * 0.3, size * 0.46),
            (size * 0.3, size * 1.05),
            (-size * 0.3, size * 1.05),
            (-size * 0.3, size * 0.46),
        ]
    )
    canvas.drawPath(path, linear((-size * 0.3, 0), (size * 0.3, 0), light(colour, 0.18), colour, dark(colour, 0.16)))
    canvas.drawCircle(0, size * 0.42, size * 0.055, fill("#fff6e0"))
    canvas.drawLine(-size * 0.12, size * 0.9, size * 0.12, size * 0.6, stroke("#ffffff", size * 0.05))
    for dx, dy in ((-0.11, 0.63), (0.11, 0.87)):
        canvas.drawCircle(dx * size, dy * size, size * 0.06, stroke("#ffffff", size * 0.04))
    canvas.restore()


def cart(canvas: skia.Canvas, x: float, y: float, size: float, colour: Colour, spin: float) -> None:
    """An empty shopping cart rolling to the right on `y`."""
    basket = polygon(
        [
            (x - size * 0.42, y - size * 0.72),
            (x + size * 0.52, y - size * 0.64),
            (x + size * 0.4, y - size * 0.28),
            (x - size * 0.3, y - size * 0.28),
        ]
    )
    canvas.drawPath(basket, fill("#ffffff", 0.35))
    for k in range(1, 6):
        share = k / 6
        canvas.drawLine(
            x - size * (0.42 - 0.94 * share),
            y - size * (0.72 - 0.08 * share),
            x - size * (0.3 - 0.7 * share),
            y - size * 0.28,
            stroke(colour, size * 0.016),
        )
    for k in range(1, 3):
        share = k / 3
        canvas.drawLine(
            x - size * (0.42 - 0.12 * share),
            y - size * (0.72 - 0.44 * share),
            x + size * (0.52 - 0.12 * share),
            y - size * (0.64 - 0.36 * share),
            stroke(colour, size * 0.016),
        )
    canvas.drawPath(basket, stroke(colour, size * 0.03))
    frame = polygon(
        [
            (x - size * 0.62, y - size * 0.86),
            (x - size * 0.46, y - size * 0.82),
            (x - size * 0.27, y - size * 0.16),
            (x + size * 0.38, y - size * 0.16),
        ],
        closed=False,
    )
    canvas.drawPath(frame, stroke(colour, size * 0.035))
    canvas.drawLine(x - size * 0.66, y - size * 0.87, x - size * 0.54, y - size * 0.84, stroke("#f25f4c", size * 0.055))
    for dx in (-0.22, 0.34):
        canvas.drawCircle(x + dx * size, y - size * 0.065, size * 0.065, fill("#2c3140"))
        canvas.drawCircle(x + dx * size, y - size * 0.065, size * 0.03, fill("#d8dee6"))
        canvas.drawLine(
            x + dx * size,
            y - size * 0.065,
            x + dx * size + size * 0.05 * math.cos(spin),
            y - size * 0.065 + size * 0.05 * math.sin(spin),
            stroke("#8a93a0", size * 0.014),
        )


def confetti(count: int, *, seed: int, fall_s: float = 4.2) -> Callable[[skia.Canvas, float], None]:
    """Paper that tumbles down the page without end."""
    rng = random.Random(seed)
    scraps = [
        (rng.uniform(0, WIDTH), rng.random(), rng.uniform(0.6, 1.2), rng.choice(CONFETTI), rng.uniform(1.0, 2.2), rng.random())
        for _ in range(count)
    ]

    def draw(canvas: skia.Canvas, t: float) -> None:
        for x, phase, near, colour, tumble, turn in scraps:
            y = ((t / fall_s * near + phase) % 1.0) * (HEIGHT + 120) - 60
            canvas.save()
            canvas.translate(x + 46 * wave(t, 2.6, turn), y)
            canvas.rotate(360 * (t / tumble / 2 + turn))
            tilt = abs(wave(t, tumble, turn))
            rounded(
                canvas,
                -13 * near,
                -20 * near * max(0.15, tilt),
                26 * near,
                40 * near * max(0.15, tilt),
                5,
                fill(light(colour, 0.25) if tilt > 0.6 else colour),
            )
            canvas.restore()

    return draw
