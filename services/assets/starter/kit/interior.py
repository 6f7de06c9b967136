"""Rooms and what stands in them: wall, window, table, sofa, lamp, shelf, clock, books, cat."""

from __future__ import annotations

import math
import random

import skia

from services.assets.starter.kit.motion import wave
from services.assets.starter.kit.paint import (
    Colour,
    box,
    dark,
    fill,
    glow,
    light,
    linear,
    mix,
    oval,
    polygon,
    rounded,
    smooth,
    soft,
    stroke,
)
from services.assets.starter.stage import HEIGHT, WIDTH


def wall(canvas: skia.Canvas, top: Colour, bottom: Colour, *, floor_y: float | None = None, floor: Colour = "#c99a6b") -> None:
    canvas.drawPaint(linear((0, 0), (0, HEIGHT), top, bottom))
    if floor_y is not None:
        canvas.drawRect(box(0, floor_y, WIDTH, HEIGHT - floor_y), linear((0, floor_y), (0, HEIGHT), floor, dark(floor, 0.3)))
        canvas.drawRect(box(0, floor_y - 26, WIDTH, 26), fill(light(bottom, 0.35)))
        canvas.drawRect(box(0, floor_y - 4, WIDTH, 8), fill(dark(floor, 0.35), 0.5))


def table(canvas: skia.Canvas, y: float, colour: Colour, *, edge: float = 46) -> None:
    """A table top seen from the front: its far edge at `y`, filling the page below."""
    canvas.drawRect(
        box(0, y, WIDTH, HEIGHT - y), linear((0, y), (0, HEIGHT), light(colour, 0.22), colour, dark(colour, 0.35), at=(0, 0.35, 1))
    )
    rng = random.Random(round(y))
    for _ in range(16):  # wood grain
        gy = y + edge + rng.uniform(0, 1) ** 1.4 * (HEIGHT - y)
        x, length = rng.uniform(-200, WIDTH), rng.uniform(240, 760)
        path = skia.Path()
        path.moveTo(x, gy)
        path.cubicTo(x + length * 0.3, gy - 8, x + length * 0.6, gy + 10, x + length, gy - 2)
        canvas.drawPath(path, stroke(dark(colour, 0.3), rng.uniform(2, 5), 0.22))
    canvas.drawRect(box(0, y, WIDTH, 6), fill(light(colour, 0.5), 0.8))


def shadow(canvas: skia.Canvas, x: float, y: float, width: float, alpha: float = 0.35, height: float = 0.16) -> None:
    """A soft contact shadow; for stills."""
    oval(canvas, x, y, width / 2, width * height / 2, soft("#1a1420", alpha, width * 0.06))


def window(canvas: skia.Canvas, x: float, y: float, width: float, height: float, frame: Colour, *, panes: tuple[int, int] = (2, 2)) -> None:
    """The frame and glazing bars of a window whose view has been drawn already."""
    bar = 22.0
    for column in range(panes[0] + 1):
        cx = x + width * column / panes[0]
        canvas.drawRect(
            box(cx - bar / 2, y - bar, bar, height + 2 * bar),
            linear((cx - bar / 2, 0), (cx + bar / 2, 0), light(frame, 0.3), dark(frame, 0.12)),
        )
    for row in range(panes[1] + 1):
        cy = y + height * row / panes[1]
        canvas.drawRect(
            box(x - bar, cy - bar / 2, width + 2 * bar, bar),
            linear((0, cy - bar / 2), (0, cy + bar / 2), light(frame, 0.3), dark(frame, 0.12)),
        )
    rounded(
        canvas,
        x - 60,
        y + height + 10,
        width + 120,
        34,
        8,
        linear((0, y + height), (0, y + height + 44), light(frame, 0.4), dark(frame, 0.15)),
    )


def curtain(canvas: skia.Canvas, x: float, y: float, width: float, height: float, colour: Colour, t: float, *, side: int = 1) -> None:
    """Folds hanging from `y`; the free edge is on the right (1) or left (-1) and moves in the draught."""
    folds = 6
    for index in range(folds):
        share = index / folds
        gust = wave(t, 4.2, -share * 0.3) * 26 * share
        next_gust = wave(t, 4.2, -(index + 1) / folds * 0.3) * 26 * (index + 1) / folds
        left, right = x + side * width * share, x + side * width * (index + 1) / folds
        path = skia.Path()
        path.moveTo(left, y)
        path.lineTo(right, y)
        path.cubicTo(right, y + height * 0.5, right + next_gust * 0.4, y + height * 0.8, right + next_gust, y + height)
        path.quadTo((left + right) / 2, y + height + 26, left + gust, y + height)
        path.cubicTo(left + gust * 0.4, y + height * 0.8, left, y + height * 0.5, left, y)
        canvas.drawPath(path, linear((left, 0), (right, 0), light(colour, 0.25), colour, dark(colour, 0.16)))


def sofa(canvas: skia.Canvas, x: float, y: float, width: float, colour: Colour) -> None:
    """Standing on `y`, its middle at `x`."""
    height = width * 0.36
    for leg in (-0.42, 0.42):
        canvas.drawRect(box(x + leg * width - 9, y - 46, 18, 46), fill("#6b452e"))
    rounded(
        canvas,
        x - width * 0.44,
        y - height * 1.16,
        width * 0.88,
        height * 0.9,
        60,
        linear((0, y - height * 1.16), (0, y - height * 0.2), light(colour, 0.16), dark(colour, 0.12)),
    )
    for side in (-1, 1):
        cx = x + side * width * 0.2
        rounded(
            canvas,
            cx - width * 0.195,
            y - height * 1.02,
            width * 0.39,
            height * 0.62,
            46,
            linear((0, y - height), (0, y - height * 0.4), light(colour, 0.24), colour),
        )
    rounded(
        canvas,
        x - width * 0.4,
        y - height * 0.56,
        width * 0.8,
        height * 0.36,
        40,
        linear((0, y - height * 0.56), (0, y - height * 0.2), light(colour, 0.3), dark(colour, 0.06)),
    )
    canvas.drawLine(x, y - height * 0.52, x, y - height * 0.24, stroke(dark(colour, 0.3), 5, 0.5))
    rounded(
        canvas,
        x - width * 0.46,
        y - height * 0.34,
        width * 0.92,
        height * 0.24,
        30,
        linear((0, y - height * 0.34), (0, y - height * 0.1), colour, dark(colour, 0.28)),
    )
    for side in (-1, 1):
        rounded(
            canvas,
            x + side * width * 0.44 - width * 0.075,
            y - height * 0.82,
            width * 0.15,
            height * 0.72,
            50,
            linear((0, y - height * 0.82), (0, y - height * 0.1), light(colour, 0.2), dark(colour, 0.2)),
        )


def cushion(canvas: skia.Canvas, x: float, y: float, size: float, angle: float, colour: Colour) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(angle)
    half = size / 2
    path = smooth(
        [
            (-half, -half),
            (0, -half * 0.86),
            (half, -half),
            (half * 0.88, 0),
            (half, half),
            (0, half * 0.9),
            (-half, half),
            (-half * 0.88, 0),
        ]
    )
    canvas.drawPath(path, linear((-half, -half), (half, half), light(colour, 0.25), colour, dark(colour, 0.2)))
    canvas.restore()


def floor_lamp(canvas: skia.Canvas, x: float, y: float, height: float, shade: Colour) -> None:
    """Standing on `y`; the light itself is drawn apart, because it breathes."""
    canvas.drawLine(x, y, x, y - height * 0.8, stroke("#3a2f35", 12))
    rounded(canvas, x - 80, y - 16, 160, 18, 9, fill("#3a2f35"))
    path = polygon(
        [
            (x - height * 0.1, y - height),
            (x + height * 0.1, y - height),
            (x + height * 0.17, y - height * 0.76),
            (x - height * 0.17, y - height * 0.76),
        ]
    )
    canvas.drawPath(path, linear((0, y - height), (0, y - height * 0.76), shade, light(shade, 0.55)))


def picture(canvas: skia.Canvas, x: float, y: float, width: float, height: float, frame: Colour, sky: Colour, hill: Colour) -> None:
    """A framed landscape on the wall."""
    rounded(canvas, x + 8, y + 12, width, height, 6, soft("#1a1420", 0.25, 10))
    rounded(canvas, x, y, width, height, 6, fill(frame))
    canvas.save()
    canvas.clipRect(box(x + 16, y + 16, width - 32, height - 32))
    canvas.drawPaint(fill(sky))
    canvas.drawCircle(x + width * 0.66, y + height * 0.36, width * 0.13, fill(light(hill, 0.7)))
    canvas.drawPath(
        smooth(
            [
                (x - 20, y + height),
                (x + width * 0.2, y + height * 0.6),
                (x + width * 0.55, y + height * 0.72),
                (x + width + 30, y + height * 0.5),
                (x + width + 30, y + height + 40),
            ]
        ),
        fill(hill),
    )
    canvas.drawPath(
        smooth(
            [
                (x - 20, y + height + 20),
                (x + width * 0.4, y + height * 0.8),
                (x + width + 30, y + height * 0.76),
                (x + width + 30, y + height + 60),
            ]
        ),
        fill(dark(hill, 0.3)),
    )
    canvas.restore()


def cat(canvas: skia.Canvas, x: float, y: float, size: float, colour: Colour, t: float, *, belly: Colour = "#fff1e0") -> None:
    """Sitting with its back to us, on `y`: ears twitch, the tail sweeps, the body breathes."""
    breath = 1 + 0.012 * wave(t, 2.6)
    sweep = wave(t, 3.0)
    tail = [
        (x + size * 0.2, y - size * 0.05),
        (x + size * 0.5, y + size * 0.02),
        (x + size * (0.68 + 0.03 * sweep), y + size * (0.2 + 0.02 * sweep)),
        (x + size * (0.62 + 0.12 * sweep), y + size * 0.42),
    ]
    canvas.drawPath(smooth(tail, closed=False), stroke(dark(colour, 0.12), size * 0.1))
    body = smooth(
        [
            (x - size * 0.3 * breath, y),
            (x - size * 0.32 * breath, y - size * 0.3),
            (x - size * 0.19, y - size * 0.66),
            (x + size * 0.19, y - size * 0.66),
            (x + size * 0.32 * breath, y - size * 0.3),
            (x + size * 0.3 * breath, y),
            (x, y + size * 0.03),
        ]
    )
    canvas.drawPath(body, linear((x - size * 0.3, 0), (x + size * 0.32, 0), light(colour, 0.22), colour, dark(colour, 0.25)))
    for k in range(3):
        canvas.drawLine(
            x - size * 0.07,
            y - size * (0.2 + k * 0.12),
            x + size * 0.07,
            y - size * (0.2 + k * 0.12),
            stroke(dark(colour, 0.3), size * 0.025, 0.45),
        )
    turn = 4 * wave(t, 5.0, 0.1)
    canvas.save()
    canvas.translate(x, y - size * 0.72)
    canvas.rotate(turn)
    for side in (-1, 1):
        twitch = max(0.0, wave(t, 1.9, 0.5 if side > 0 else 0.1)) ** 8 * 0.04 * size
        ear = polygon(
            [(side * size * 0.24, -size * 0.02), (side * size * 0.22 + side * twitch, -size * 0.34), (side * size * 0.04, -size * 0.17)]
        )
        canvas.drawPath(ear, fill(dark(colour, 0.08)))
        inner = polygon(
            [(side * size * 0.2, -size * 0.08), (side * size * 0.2 + side * twitch, -size * 0.26), (side * size * 0.09, -size * 0.16)]
        )
        canvas.drawPath(inner, fill(mix(belly, "#e89a8a", 0.45), 0.8))
    oval(
        canvas,
        0,
        -size * 0.04,
        size * 0.27,
        size * 0.22,
        linear((-size * 0.27, 0), (size * 0.27, 0), light(colour, 0.25), colour, dark(colour, 0.2)),
    )
    for k in (-1, 0, 1):
        canvas.drawLine(k * size * 0.06, -size * 0.22, k * size * 0.05, -size * 0.14, stroke(dark(colour, 0.3), size * 0.025, 0.5))
    canvas.restore()


def clock(canvas: skia.Canvas, x: float, y: float, radius: float, hours: float, rim: Colour = "#2c3550", face: Colour = "#fffaf0") -> None:
    """A wall clock at a time in hours."""
    canvas.drawCircle(x, y, radius, linear((x - radius, y - radius), (x + radius, y + radius), light(rim, 0.3), dark(rim, 0.2)))
    canvas.drawCircle(x, y, radius * 0.88, fill(face))
    for mark in range(12):
        angle = math.radians(mark * 30)
        inner = 0.7 if mark % 3 == 0 else 0.76
        canvas.drawLine(
            x + radius * inner * math.sin(angle),
            y - radius * inner * math.cos(angle),
            x + radius * 0.81 * math.sin(angle),
            y - radius * 0.81 * math.cos(angle),
            stroke(rim, radius * (0.05 if mark % 3 == 0 else 0.025)),
        )
    for share, length, width, colour in ((hours / 12, 0.45, 0.06, rim), (hours, 0.66, 0.04, rim), (hours * 60, 0.72, 0.018, "#e4572e")):
        angle = 2 * math.pi * (share % 1)
        canvas.drawLine(x, y, x + radius * length * math.sin(angle), y - radius * length * math.cos(angle), stroke(colour, radius * width))
    canvas.drawCircle(x, y, radius * 0.05, fill("#e4572e"))


def books(canvas: skia.Canvas, x: float, y: float, colours: tuple[Colour, ...], *, height: float, seed: int) -> float:
    """A row of spines standing on `y` from `x` on; returns where it ends."""
    rng = random.Random(seed)
    for colour in colours:
        wide, tall = height * rng.uniform(0.16, 0.28), height * rng.uniform(0.78, 1.0)
        rounded(canvas, x, y - tall, wide, tall, 5, linear((x, 0), (x + wide, 0), light(colour, 0.2), colour, dark(colour, 0.2)))
        for share in (0.14, 0.2, 0.82):
            canvas.drawRect(box(x + 4, y - tall * (1 - share), wide - 8, 5), fill(light(colour, 0.55), 0.8))
        x += wide + 3
    return x


def shelf(canvas: skia.Canvas, x: float, y: float, width: float, colour: Colour) -> None:
    rounded(canvas, x, y + 26, width, 22, 6, soft("#1a1420", 0.28, 14))
    rounded(canvas, x, y, width, 26, 5, linear((0, y), (0, y + 26), light(colour, 0.25), dark(colour, 0.15)))


def lamp_light(canvas: skia.Canvas, x: float, y: float, radius: float, t: float, colour: Colour = "#ffd48a") -> None:
    glow(canvas, x, y, radius * (1 + 0.02 * wave(t, 3.1)), colour, 0.5 + 0.05 * wave(t, 2.3))
