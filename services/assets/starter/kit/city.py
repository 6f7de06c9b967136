"""Streets: buildings, windows, trains, cars, lamps, wheels."""

from __future__ import annotations

import random
from collections.abc import Callable

import skia

from services.assets.starter.kit.motion import wave
from services.assets.starter.kit.paint import Colour, box, dark, fill, glow, light, linear, polygon, rounded, smooth, stroke
from services.assets.starter.stage import HEIGHT, WIDTH


def skyline(
    canvas: skia.Canvas,
    y: float,
    tallest: float,
    colour: Colour,
    *,
    seed: int,
    left: float = 0,
    right: float = WIDTH,
    lit: Colour | None = None,
    share: float = 0.35,
) -> None:
    """Houses side by side standing on `y` and reaching down to the page's end; `share` of the windows are lit."""
    rng = random.Random(seed)
    canvas.drawRect(box(left, y - tallest * 0.3, right - left, HEIGHT), fill(dark(colour, 0.3)))
    x = left - rng.uniform(0, 80)
    while x < right:
        wide, tall = rng.choice((96, 120, 150, 184)), tallest * rng.uniform(0.38, 1.0)
        tone = dark(light(colour, rng.uniform(0, 0.1)), rng.uniform(0, 0.1))
        canvas.drawRect(box(x, y - tall, wide, HEIGHT), linear((0, y - tall), (0, y + 300), light(tone, 0.08), dark(tone, 0.15)))
        canvas.drawRect(box(x + wide * 0.72, y - tall, wide * 0.28, HEIGHT), fill(dark(tone, 0.3), 0.35))
        roof = rng.random()
        if roof < 0.22:
            canvas.drawLine(x + wide / 2, y - tall, x + wide / 2, y - tall - 80, stroke(tone, 6))
        elif roof < 0.45:
            canvas.drawRect(box(x + wide * 0.2, y - tall - 34, wide * 0.5, 36), fill(tone))
        elif roof < 0.58:
            canvas.drawPath(polygon([(x, y - tall), (x + wide, y - tall - 70), (x + wide, y - tall)]), fill(tone))
        if lit is not None:
            columns = int(wide // 30)
            gap = wide / columns
            for row in range(int(tall // 42)):
                for column in range(columns):
                    if rng.random() < share:
                        canvas.drawRect(
                            box(x + gap * column + gap * 0.28, y - tall + 24 + row * 42, gap * 0.44, 20), fill(lit, rng.uniform(0.3, 0.95))
                        )
        x += wide + rng.choice((0, 0, 6, 14))


def blinking_windows(count: int, *, seed: int, top: float, bottom: float, colour: Colour) -> Callable[[skia.Canvas, float], None]:
    """Windows that light up and go out, softly."""
    rng = random.Random(seed)
    places = [(rng.uniform(0, WIDTH), rng.uniform(top, bottom), rng.uniform(2.4, 6.0), rng.random()) for _ in range(count)]

    def draw(canvas: skia.Canvas, t: float) -> None:
        for x, y, period, phase in places:
            canvas.drawRect(box(x, y, 14, 20), fill(colour, max(0.0, wave(t, period, phase)) * 0.95))

    return draw


def street_lamp(canvas: skia.Canvas, x: float, y: float, height: float, colour: Colour, bulb: Colour, *, side: int = 1) -> None:
    path = skia.Path()
    path.moveTo(x, y)
    path.lineTo(x, y - height * 0.86)
    path.cubicTo(x, y - height, x + side * height * 0.06, y - height, x + side * height * 0.2, y - height)
    canvas.drawPath(path, stroke(colour, height * 0.02))
    rounded(
        canvas,
        x + side * height * 0.2 - height * 0.07,
        y - height - height * 0.014,
        height * 0.14,
        height * 0.035,
        height * 0.015,
        fill(colour),
    )
    glow(canvas, x + side * height * 0.2, y - height + height * 0.03, height * 0.3, bulb, 0.85)
    rounded(
        canvas,
        x + side * height * 0.2 - height * 0.05,
        y - height + height * 0.014,
        height * 0.1,
        height * 0.016,
        height * 0.008,
        fill(light(bulb, 0.6)),
    )


def wheel(canvas: skia.Canvas, x: float, y: float, radius: float, angle: float) -> None:
    canvas.drawCircle(x, y, radius, fill("#23262f"))
    canvas.drawCircle(x, y, radius * 0.6, fill("#c9d0d6"))
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(angle)
    for _ in range(5):
        canvas.drawLine(0, 0, 0, -radius * 0.5, stroke("#7f8890", radius * 0.12))
        canvas.rotate(72)
    canvas.restore()
    canvas.drawCircle(x, y, radius * 0.14, fill("#4b5158"))


def car(canvas: skia.Canvas, x: float, y: float, length: float, colour: Colour, angle: float, *, lights: bool = False) -> None:
    """A small car seen from the side, driving to the right, wheels on `y`."""
    unit = length / 10
    if lights:
        glow(canvas, x + unit * 5.4, y - unit * 1.5, unit * 3.2, "#fff0c0", 0.7)
        glow(canvas, x - unit * 5.0, y - unit * 1.6, unit * 1.6, "#ff4a3a", 0.7)
    cabin = smooth(
        [
            (x - unit * 3.2, y - unit * 2.3),
            (x - unit * 2.2, y - unit * 3.9),
            (x + unit * 0.9, y - unit * 4.0),
            (x + unit * 2.7, y - unit * 2.4),
            (x, y - unit * 2.0),
        ]
    )
    canvas.drawPath(cabin, fill(dark(colour, 0.15)))
    glass = smooth(
        [
            (x - unit * 2.7, y - unit * 2.4),
            (x - unit * 1.9, y - unit * 3.55),
            (x + unit * 0.7, y - unit * 3.6),
            (x + unit * 2.1, y - unit * 2.4),
        ]
    )
    canvas.drawPath(glass, linear((0, y - unit * 3.6), (0, y - unit * 2.2), "#d8eef7", "#88b4c8"))
    canvas.drawRect(box(x - unit * 0.75, y - unit * 3.7, unit * 0.3, unit * 1.4), fill(dark(colour, 0.15)))
    body = smooth(
        [
            (x - unit * 4.9, y - unit * 0.8),
            (x - unit * 4.9, y - unit * 2.2),
            (x - unit * 2.6, y - unit * 2.6),
            (x + unit * 2.4, y - unit * 2.5),
            (x + unit * 4.7, y - unit * 1.9),
            (x + unit * 5.0, y - unit * 0.8),
            (x, y - unit * 0.55),
        ]
    )
    canvas.drawPath(body, linear((0, y - unit * 2.6), (0, y - unit * 0.5), light(colour, 0.25), colour, dark(colour, 0.3)))
    rounded(canvas, x + unit * 4.3, y - unit * 1.75, unit * 0.6, unit * 0.4, unit * 0.2, fill("#fff3cf"))
    rounded(canvas, x - unit * 4.95, y - unit * 1.8, unit * 0.4, unit * 0.45, unit * 0.15, fill("#e4442f"))
    for dx in (-3.0, 3.0):
        wheel(canvas, x + dx * unit, y - unit * 0.9, unit * 0.95, angle)


def train(canvas: skia.Canvas, x: float, y: float, cars: int, colour: Colour, *, lit: Colour = "#ffe9b0") -> None:
    """A metro train standing on `y`, its nose at `x` and pointing right."""
    length, tall = 620.0, 210.0
    for index in range(cars):
        right = x - index * (length + 16)
        left = right - length
        if index == 0:
            body = smooth(
                [
                    (left, y - tall),
                    (right - 150, y - tall),
                    (right - 30, y - tall * 0.62),
                    (right, y - tall * 0.18),
                    (right - 14, y),
                    (left, y),
                ]
            )
            canvas.save()
            canvas.clipRect(box(left, y - tall - 30, length + 60, tall + 60))
            canvas.drawPath(body, linear((0, y - tall), (0, y), "#ffffff", "#e4e9ee", "#b9c3cc"))
            canvas.clipPath(body, True)
        else:
            rounded(canvas, left, y - tall, length, tall, 22, linear((0, y - tall), (0, y), "#ffffff", "#e4e9ee", "#b9c3cc"))
            canvas.save()
            canvas.clipRect(box(left, y - tall, length, tall))
        canvas.drawRect(box(left, y - tall * 0.36, length + 60, tall * 0.12), fill(colour))
        canvas.drawRect(box(left, y - tall * 0.22, length + 60, tall * 0.03), fill(light(colour, 0.4)))
        for k in range(4):
            wx = left + 46 + k * 138
            if index == 0 and k == 3:
                canvas.drawPath(
                    polygon(
                        [(wx + 8, y - tall * 0.82), (wx + 84, y - tall * 0.82), (wx + 118, y - tall * 0.46), (wx + 8, y - tall * 0.46)]
                    ),
                    fill("#27405c"),
                )
            else:
                rounded(
                    canvas,
                    wx,
                    y - tall * 0.84,
                    104,
                    tall * 0.4,
                    14,
                    linear((0, y - tall * 0.84), (0, y - tall * 0.44), lit, dark(lit, 0.12)),
                )
                canvas.drawCircle(wx + 34, y - tall * 0.54, 15, fill("#5b4a52", 0.75))
                rounded(canvas, wx + 12, y - tall * 0.49, 44, tall * 0.06, 8, fill("#5b4a52", 0.75))
        canvas.restore()
        canvas.drawRect(box(left + 20, y, length - 60, 16), fill("#39424c"))
