"""Sky and weather: gradients, sun, clouds, stars, birds, rain, snow, dust in the light."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import skia

from services.assets.starter.kit.motion import cycle, wave
from services.assets.starter.kit.paint import Colour, fill, glow, linear, oval, radial, smooth, stroke
from services.assets.starter.stage import HEIGHT, WIDTH, Stage, Still


def backdrop(canvas: skia.Canvas, *colours: Colour, top: float = 0, bottom: float = HEIGHT) -> None:
    """A vertical gradient over the whole page."""
    canvas.drawPaint(linear((0, top), (0, bottom), *colours))


def sun(canvas: skia.Canvas, x: float, y: float, radius: float, colour: Colour, halo: Colour) -> None:
    glow(canvas, x, y, radius * 5, halo, 0.55)
    glow(canvas, x, y, radius * 2.2, halo, 0.6)
    canvas.drawCircle(x, y, radius, linear((x, y - radius), (x, y + radius), "#fffdf2", colour))


def cloud(canvas: skia.Canvas, x: float, y: float, size: float, top: Colour, base: Colour) -> None:
    """A flat-bottomed heap of puffs, `size` wide."""
    puffs = [(-0.34, -0.05, 0.13), (-0.17, -0.15, 0.18), (0.06, -0.2, 0.22), (0.26, -0.1, 0.16), (0.38, -0.02, 0.1)]
    path = skia.Path()
    path.addRoundRect(skia.Rect.MakeXYWH(x - size * 0.5, y - size * 0.1, size, size * 0.16), size * 0.08, size * 0.08)
    for dx, dy, radius in puffs:
        path.addCircle(x + dx * size, y + dy * size, radius * size)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(x - size, y - size, x + size, y + size * 0.06))
    canvas.drawPath(path, linear((0, y - size * 0.42), (0, y + size * 0.06), top, base))
    canvas.restore()


def cloud_still(stage: Stage, size: float, top: Colour, base: Colour) -> Still:
    """A cloud around the origin, to be moved."""
    return stage.still(lambda c: cloud(c, 0, 0, size, top, base), -size * 0.55, -size * 0.5, size * 1.1, size * 0.6)


def stars(canvas: skia.Canvas, count: int, *, seed: int, bottom: float, colour: Colour = "#ffffff") -> None:
    rng = random.Random(seed)
    for _ in range(count):
        x, y, size = rng.uniform(0, WIDTH), rng.uniform(0, bottom), rng.choice((1.6, 2.2, 3.2))
        canvas.drawCircle(x, y, size, fill(colour, rng.uniform(0.25, 0.9) * (1 - 0.6 * y / bottom)))


def twinkles(count: int, *, seed: int, bottom: float, colour: Colour = "#ffffff") -> Callable[[skia.Canvas, float], None]:
    """A few larger stars that come and go."""
    rng = random.Random(seed)
    places = [(rng.uniform(40, WIDTH - 40), rng.uniform(40, bottom), rng.uniform(1.4, 3.2), rng.random()) for _ in range(count)]

    def draw(canvas: skia.Canvas, t: float) -> None:
        for x, y, period, phase in places:
            strength = 0.5 + 0.5 * wave(t, period, phase)
            arm = 6 + 10 * strength
            canvas.drawPath(
                smooth(
                    [(x, y - arm), (x + 2, y - 2), (x + arm, y), (x + 2, y + 2), (x, y + arm), (x - 2, y + 2), (x - arm, y), (x - 2, y - 2)]
                ),
                fill(colour, 0.2 + 0.75 * strength),
            )

    return draw


def bird(canvas: skia.Canvas, x: float, y: float, size: float, t: float, colour: Colour) -> None:
    lift = wave(t, 0.9, x * 0.0013) * size * 0.35
    path = skia.Path()
    path.moveTo(x - size, y - lift)
    path.quadTo(x - size * 0.45, y - size * 0.5 - lift * 0.4, x, y)
    path.quadTo(x + size * 0.45, y - size * 0.5 - lift * 0.4, x + size, y - lift)
    canvas.drawPath(path, stroke(colour, size * 0.13))


def rain(count: int, *, seed: int, colour: Colour = "#ffffff") -> Callable[[skia.Canvas, float], None]:
    rng = random.Random(seed)
    drops = [(rng.uniform(-100, WIDTH), rng.random(), rng.uniform(0.55, 1.0)) for _ in range(count)]

    def draw(canvas: skia.Canvas, t: float) -> None:
        for x, phase, near in drops:
            y = cycle(t, 1.25 / near, phase) * (HEIGHT + 200) - 100
            length = 60 * near
            slant = (y - 900) * -0.06
            canvas.drawLine(x + slant, y, x + slant - length * 0.06, y + length, stroke(colour, 3 * near, 0.12 + 0.22 * near))

    return draw


def snow(count: int, *, seed: int, left: float = 0, right: float = WIDTH) -> Callable[[skia.Canvas, float], None]:
    rng = random.Random(seed)
    flakes = [(rng.uniform(left, right), rng.random(), rng.uniform(0.35, 1.0), rng.random()) for _ in range(count)]

    def draw(canvas: skia.Canvas, t: float) -> None:
        for x, phase, near, turn in flakes:
            y = cycle(t, 9 / near, phase) * (HEIGHT + 60) - 30
            canvas.drawCircle(x + 26 * wave(t, 4.0, turn), y, 9 * near, fill("#ffffff", 0.25 + 0.5 * near))

    return draw


def dust(count: int, *, seed: int, colour: Colour, bottom: float = HEIGHT) -> Callable[[skia.Canvas, float], None]:
    """Motes that drift through the light."""
    rng = random.Random(seed)
    motes = [(rng.uniform(0, WIDTH), rng.random(), rng.uniform(2, 7), rng.random()) for _ in range(count)]

    def draw(canvas: skia.Canvas, t: float) -> None:
        for x, phase, size, turn in motes:
            y = bottom - cycle(t, 16, phase) * bottom
            strength = math.sin(math.pi * cycle(t, 16, phase)) * (0.6 + 0.4 * wave(t, 2.3, turn))
            canvas.drawCircle(x + 40 * wave(t, 7, turn), y, size, fill(colour, 0.5 * strength))

    return draw


def bokeh(canvas: skia.Canvas, count: int, *, seed: int, colours: tuple[Colour, ...], top: float, bottom: float, size: float = 60) -> None:
    """Lights far out of focus."""
    rng = random.Random(seed)
    for _ in range(count):
        x, y, radius = rng.uniform(0, WIDTH), rng.uniform(top, bottom), size * rng.uniform(0.4, 1.1)
        colour, alpha = rng.choice(colours), rng.uniform(0.12, 0.4)
        canvas.drawCircle(x, y, radius, radial((x, y), radius, (colour, alpha * 0.7), (colour, alpha), (colour, 0), at=(0, 0.88, 1)))


def beams(
    canvas: skia.Canvas, x: float, y: float, *, angles: tuple[float, ...], spread: float, length: float, colour: Colour, alpha: float
) -> None:
    """Shafts of light from a point; angles in radians, 0 to the right and turning down."""
    for angle in angles:
        path = skia.Path()
        path.moveTo(x, y)
        path.lineTo(x + length * math.cos(angle - spread), y + length * math.sin(angle - spread))
        path.lineTo(x + length * math.cos(angle + spread), y + length * math.sin(angle + spread))
        path.close()
        canvas.drawPath(path, radial((x, y), length, (colour, alpha), (colour, alpha * 0.5), (colour, 0), at=(0, 0.5, 1)))


def haze(canvas: skia.Canvas, y: float, height: float, colour: Colour, alpha: float) -> None:
    """A band of mist around `y`."""
    canvas.drawRect(
        skia.Rect.MakeXYWH(-WIDTH, y - height / 2, WIDTH * 4, height),
        linear((0, y - height / 2), (0, y + height / 2), (colour, 0), (colour, alpha), (colour, 0)),
    )


def moon(canvas: skia.Canvas, x: float, y: float, radius: float) -> None:
    glow(canvas, x, y, radius * 4.5, "#cfdcff", 0.35)
    canvas.drawCircle(x, y, radius, linear((x, y - radius), (x, y + radius), "#fffdf0", "#e8e4d0"))
    for dx, dy, size in ((-0.3, -0.2, 0.2), (0.25, 0.3, 0.14), (0.3, -0.35, 0.1), (-0.15, 0.4, 0.1)):
        oval(canvas, x + dx * radius, y + dy * radius, size * radius, size * radius, fill("#d6d0b8", 0.6))
