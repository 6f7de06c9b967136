"""Electronics: phone, laptop, headphones, chip, battery."""

from __future__ import annotations

import skia

from services.assets.starter.kit.paint import Colour, box, dark, fill, light, linear, oval, polygon, rounded, stroke

PHONE_SHAPE = 2.05
"""Height by width."""


def phone_screen(x: float, y: float, width: float) -> skia.Rect:
    """The screen of a phone whose middle is at (x, y)."""
    edge = width * 0.045
    return box(x - width / 2 + edge, y - width * PHONE_SHAPE / 2 + edge, width - 2 * edge, width * PHONE_SHAPE - 2 * edge)


def phone(canvas: skia.Canvas, x: float, y: float, width: float, body: Colour = "#1d2233") -> None:
    """A phone with its middle at (x, y) and a dark screen."""
    tall = width * PHONE_SHAPE
    radius = width * 0.14
    rounded(
        canvas,
        x - width / 2,
        y - tall / 2,
        width,
        tall,
        radius,
        linear((x - width / 2, y - tall / 2), (x + width / 2, y + tall / 2), light(body, 0.45), body, light(body, 0.2)),
    )
    screen = phone_screen(x, y, width)
    canvas.drawRoundRect(screen, radius * 0.78, radius * 0.78, fill("#0b0e18"))


def island(canvas: skia.Canvas, screen: skia.Rect) -> None:
    """The camera's pill at the top of a screen."""
    wide = screen.width() * 0.28
    rounded(canvas, screen.centerX() - wide / 2, screen.top() + screen.width() * 0.05, wide, wide * 0.24, wide * 0.12, fill("#0b0e18"))


def laptop(canvas: skia.Canvas, x: float, y: float, width: float, body: Colour = "#c7ced6") -> skia.Rect:
    """Open, seen from the front, standing on `y`; returns the screen's rectangle."""
    tall = width * 0.6
    rounded(
        canvas, x - width * 0.42, y - tall - 14, width * 0.84, tall, 20, linear((0, y - tall), (0, y), light(body, 0.2), dark(body, 0.15))
    )
    screen = box(x - width * 0.4, y - tall, width * 0.8, tall - 34)
    canvas.drawRoundRect(screen, 10, 10, fill("#141a2c"))
    base = polygon([(x - width * 0.43, y - 16), (x + width * 0.43, y - 16), (x + width * 0.5, y + 8), (x - width * 0.5, y + 8)])
    canvas.drawPath(base, linear((0, y - 16), (0, y + 8), light(body, 0.4), body))
    rounded(canvas, x - width * 0.5, y + 6, width, 14, 7, fill(dark(body, 0.3)))
    return screen


def headphones(canvas: skia.Canvas, x: float, y: float, size: float, colour: Colour, accent: Colour) -> None:
    """Over-ear headphones, the band's top at y - size/2."""
    band = skia.Path()
    band.addArc(box(x - size * 0.42, y - size * 0.5, size * 0.84, size * 0.96), 180, 180)
    canvas.drawPath(
        band, linear((x - size * 0.42, 0), (x + size * 0.42, 0), light(colour, 0.3), colour, dark(colour, 0.3), width=size * 0.075)
    )
    inner = skia.Path()
    inner.addArc(box(x - size * 0.375, y - size * 0.45, size * 0.75, size * 0.86), 205, 130)
    canvas.drawPath(inner, stroke(dark(colour, 0.35), size * 0.035))
    for side in (-1, 1):
        cx = x + side * size * 0.42
        rounded(
            canvas,
            cx - size * 0.02 - (size * 0.1 if side > 0 else 0),
            y - size * 0.08,
            size * 0.14,
            size * 0.4,
            size * 0.06,
            fill(dark(colour, 0.45)),
        )
        outer = cx - size * 0.12 if side < 0 else cx - size * 0.02
        rounded(
            canvas,
            outer,
            y - size * 0.11,
            size * 0.14,
            size * 0.46,
            size * 0.07,
            linear((outer, 0), (outer + size * 0.14, 0), light(colour, 0.35), colour, dark(colour, 0.25)),
        )
        rounded(canvas, outer + size * 0.05, y + size * 0.0, size * 0.04, size * 0.22, size * 0.02, fill(accent))


def chip(canvas: skia.Canvas, x: float, y: float, size: float, colour: Colour, accent: Colour) -> None:
    half = size / 2
    for side in range(4):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(side * 90)
        for k in range(7):
            px = -half * 0.78 + k * half * 0.26
            rounded(
                canvas,
                px - size * 0.018,
                -half - size * 0.07,
                size * 0.036,
                size * 0.09,
                4,
                linear((0, -half - size * 0.07), (0, -half), "#f3d9a0", "#b98f4a"),
            )
        canvas.restore()
    rounded(
        canvas,
        x - half,
        y - half,
        size,
        size,
        size * 0.07,
        linear((x - half, y - half), (x + half, y + half), light(colour, 0.25), colour, dark(colour, 0.4)),
    )
    rounded(
        canvas,
        x - half * 0.66,
        y - half * 0.66,
        size * 0.66,
        size * 0.66,
        size * 0.05,
        linear((x - half, y - half), (x + half, y + half), light(accent, 0.15), dark(accent, 0.35)),
    )
    rounded(canvas, x - half * 0.5, y - half * 0.5, size * 0.5, size * 0.5, size * 0.04, stroke(light(accent, 0.5), size * 0.008, 0.6))
    canvas.drawCircle(x - half * 0.82, y - half * 0.82, size * 0.022, fill(light(colour, 0.5)))


def bolt(canvas: skia.Canvas, x: float, y: float, size: float, paint: skia.Paint) -> None:
    points = [(0.12, -0.5), (-0.3, 0.08), (-0.03, 0.08), (-0.14, 0.5), (0.3, -0.12), (0.04, -0.12)]
    canvas.drawPath(polygon([(x + px * size, y + py * size) for px, py in points]), paint)


def avatar(canvas: skia.Canvas, x: float, y: float, radius: float, back: Colour, skin: Colour, hair: Colour) -> None:
    """A round portrait."""
    canvas.save()
    path = skia.Path()
    path.addCircle(x, y, radius)
    canvas.clipPath(path, True)
    canvas.drawCircle(x, y, radius, fill(back))
    oval(canvas, x, y + radius * 0.95, radius * 0.62, radius * 0.5, fill(dark(back, 0.4)))
    canvas.drawCircle(x, y - radius * 0.18, radius * 0.46, fill(hair))
    canvas.drawCircle(x, y - radius * 0.05, radius * 0.38, fill(skin))
    canvas.restore()
