"""Colours, paints and shapes: a thin layer over Skia, so that scenes read as what they show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import skia

Colour = str
"""`#rrggbb`."""
Point = tuple[float, float]
Tint = Colour | tuple[Colour, float]
"""A colour, or a colour and its opacity in 0..1."""


def argb(tint: Tint, alpha: float = 1.0) -> int:
    colour, opacity = tint if isinstance(tint, tuple) else (tint, 1.0)
    return round(255 * max(0.0, min(1.0, opacity * alpha))) << 24 | int(colour[1:], 16)


@cache
def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`first` at 0, `second` at 1."""
    a, b = int(first[1:], 16), int(second[1:], 16)
    parts = (round((a >> s & 255) + ((b >> s & 255) - (a >> s & 255)) * share) for s in (16, 8, 0))
    return "#" + "".join(f"{part:02x}" for part in parts)


def light(colour: Colour, share: float) -> Colour:
    return mix(colour, "#ffffff", share)


def dark(colour: Colour, share: float) -> Colour:
    return mix(colour, "#10131f", share)


def fill(colour: Colour, alpha: float = 1.0) -> skia.Paint:
    return skia.Paint(AntiAlias=True, Color=argb(colour, alpha))


def soft(colour: Colour, alpha: float, blur_px: float) -> skia.Paint:
    """Blurred edges. Slow: for what is drawn once, in a still."""
    return skia.Paint(AntiAlias=True, Color=argb(colour, alpha), MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur_px))


def stroke(colour: Colour, width: float, alpha: float = 1.0) -> skia.Paint:
    return skia.Paint(
        AntiAlias=True,
        Color=argb(colour, alpha),
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )


def _shaded(shader: skia.Shader, width: float | None) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True, Dither=True, Shader=shader)
    if width is not None:
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def linear(start: Point, end: Point, *tints: Tint, at: Sequence[float] | None = None, width: float | None = None) -> skia.Paint:
    """A gradient from start to end; `at` gives the stops in 0..1; with `width` it is a stroke."""
    colours = [argb(tint) for tint in tints]
    return _shaded(skia.GradientShader.MakeLinear([start, end], colours, list(at) if at else None), width)


def radial(centre: Point, radius: float, *tints: Tint, at: Sequence[float] | None = None) -> skia.Paint:
    return _shaded(skia.GradientShader.MakeRadial(centre, radius, [argb(tint) for tint in tints], list(at) if at else None), None)


def glow(canvas: skia.Canvas, x: float, y: float, radius: float, colour: Colour, alpha: float) -> None:
    """Light that fades out softly; the middle stop keeps it from looking like a disc."""
    paint = radial((x, y), radius, (colour, alpha), (colour, alpha * 0.35), (colour, 0.0), at=(0, 0.4, 1))
    canvas.drawCircle(x, y, radius, paint)


def box(x: float, y: float, width: float, height: float) -> skia.Rect:
    return skia.Rect.MakeXYWH(x, y, width, height)


def rounded(canvas: skia.Canvas, x: float, y: float, width: float, height: float, radius: float, paint: skia.Paint) -> None:
    canvas.drawRoundRect(box(x, y, width, height), radius, radius, paint)


def oval(canvas: skia.Canvas, x: float, y: float, rx: float, ry: float, paint: skia.Paint) -> None:
    canvas.drawOval(box(x - rx, y - ry, 2 * rx, 2 * ry), paint)


def polygon(points: Sequence[Point], *, closed: bool = True) -> skia.Path:
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    return path


def smooth(points: Sequence[Point], *, closed: bool = True) -> skia.Path:
    """A curve through all points (Catmull-Rom, as cubic Béziers)."""
    count = len(points)
    path = skia.Path()
    path.moveTo(*points[0])
    for index in range(count if closed else count - 1):
        before, here, there, after = (
            points[(index + k) % count] if closed else points[min(max(index + k, 0), count - 1)] for k in (-1, 0, 1, 2)
        )
        path.cubicTo(
            here[0] + (there[0] - before[0]) / 6,
            here[1] + (there[1] - before[1]) / 6,
            there[0] - (after[0] - here[0]) / 6,
            there[1] - (after[1] - here[1]) / 6,
            there[0],
            there[1],
        )
    if closed:
        path.close()
    return path
