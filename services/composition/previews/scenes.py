"""The pictures that previews are made of: two still lifes and one before a green screen. Drawn, so that nothing has to be shipped."""

from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
import skia
from numpy.typing import NDArray
from PIL import Image

WIDTH, HEIGHT = 720, 1280
GREEN = 0xFF00B140
"""The usual green of screens."""

Rgb = NDArray[np.uint8]
Stops = tuple[tuple[float, int], ...]

SUMMER: Stops = ((0, 0xFF2F6B3F), (0.6, 0xFF4E9A56), (1, 0xFF1F4A2E))
AUTUMN: Stops = ((0, 0xFFB5492B), (0.6, 0xFFD9803A), (1, 0xFF7A2B1C))


def bottle() -> Rgb:
    """An amber bottle on a stone in late light."""
    return _painted(_warm_wall, _bottle, grain=2.0)


def cup() -> Rgb:
    """A white cup and fruit before a blue-green wall."""
    return _painted(_teal_wall, _cup, grain=2.0)


def screen() -> Rgb:
    """The bottle before a green screen, with leaves that are not green."""
    return _painted(lambda canvas: canvas.clear(GREEN), lambda canvas: _bottle(canvas, AUTUMN), grain=1.0)


def logo() -> Rgb:
    """A round mark on nothing, (200, 200, 4)."""
    pixels = np.zeros((200, 200, 4), np.uint8)
    canvas = skia.Canvas(pixels)
    canvas.drawCircle(100, 100, 92, skia.Paint(AntiAlias=True, Color=0xFFFFFFFF))
    ring = skia.Paint(AntiAlias=True, Color=0xFFE4572E, Style=skia.Paint.kStroke_Style, StrokeWidth=16, StrokeCap=skia.Paint.kRound_Cap)
    canvas.drawArc(skia.Rect.MakeLTRB(48, 48, 152, 152), -60, 300, False, ring)
    canvas.drawCircle(100, 100, 20, skia.Paint(AntiAlias=True, Color=0xFFE4572E))
    return pixels


def png(pixels: Rgb) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _painted(ground: Callable[[skia.Canvas], None], things: Callable[[skia.Canvas], None], *, grain: float) -> Rgb:
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    form = skia.ImageInfo.Make(WIDTH, HEIGHT, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(form, pixels)
    ground(surface.getCanvas())
    things(surface.getCanvas())
    surface.flushAndSubmit()
    picture = pixels[:, :, :3].astype(np.float32)
    noise = np.random.default_rng(5).standard_normal((HEIGHT, WIDTH, 1)).astype(np.float32)
    return np.clip(picture + cv2.GaussianBlur(noise, (0, 0), 0.7)[:, :, None] * grain * 1.6, 0, 255).astype(np.uint8)


def _warm_wall(canvas: skia.Canvas) -> None:
    canvas.drawPaint(_linear((0, 0), (WIDTH, HEIGHT), ((0, 0xFFF0DCC4), (0.55, 0xFFE2BE9C), (1, 0xFFC08F6C))))
    light = skia.Paint(AntiAlias=True, Color=0x66FFF6E0, MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 9))
    for number in range(3):  # a window's light, falling from the left
        top = 120 + number * 215
        canvas.drawPath(_polygon([(30, top + 90), (400, top - 60), (400, top + 110), (30, top + 260)]), light)
    shade = skia.Paint(AntiAlias=True, Color=0x38603A22, MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 14))
    for angle in (-64, -38, -10, 18):  # a plant outside the picture
        _leaf(canvas, 700, 210, 330, 62, 180 + angle, shade)
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 985, WIDTH, HEIGHT), _linear((0, 985), (0, HEIGHT), ((0, 0xFFD9A982), (0.25, 0xFFCB976F), (1, 0xFF9C6B4B)))
    )


def _teal_wall(canvas: skia.Canvas) -> None:
    canvas.drawPaint(_radial((WIDTH * 0.35, 380), 980, ((0, 0xFF4FA3A5), (0.5, 0xFF2C7A80), (1, 0xFF124048))))
    glow = skia.Paint(AntiAlias=True, Color=0x30FFFFFF, MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 40))
    canvas.drawCircle(210, 330, 170, glow)
    for x, y, size in ((560, 210, 62), (640, 420, 34), (470, 120, 24), (120, 640, 30)):  # lamps out of focus
        canvas.drawCircle(
            x,
            y,
            size,
            skia.Paint(AntiAlias=True, Color=0x3CFFE2A8, MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 5)),
        )
    canvas.drawRect(
        skia.Rect.MakeLTRB(0, 930, WIDTH, HEIGHT), _linear((0, 930), (0, HEIGHT), ((0, 0xFFE9DCCB), (0.3, 0xFFD9C7B0), (1, 0xFFA8927A)))
    )


def _bottle(canvas: skia.Canvas, leaves: Stops = SUMMER) -> None:
    _shadow(canvas, skia.Rect.MakeLTRB(120, 1060, 690, 1150), 0x80402010)
    stone = _linear((140, 0), (600, 0), ((0, 0xFFD8CFC6), (0.35, 0xFFF3EDE6), (1, 0xFF9B8E84)))
    canvas.drawRoundRect(skia.Rect.MakeLTRB(140, 930, 600, 1110), 18, 18, stone)
    canvas.drawOval(skia.Rect.MakeLTRB(140, 895, 600, 975), _linear((140, 895), (600, 975), ((0, 0xFFFBF7F2), (1, 0xFFD3C8BD))))
    _orange(canvas, 560, 905, 92)
    for angle, long in ((-150, 300), (-122, 350), (-98, 280)):
        leaf = _linear((140, 560), (330, 900), leaves)
        _leaf(canvas, 235, 925, long, 58, angle, leaf)
    _shadow(canvas, skia.Rect.MakeLTRB(270, 905, 520, 950), 0x90301808)
    glass = _linear((262, 0), (486, 0), ((0, 0xFF5A2408), (0.16, 0xFFB4601C), (0.34, 0xFFE59A3C), (0.62, 0xFFA24E14), (1, 0xFF3C1604)))
    canvas.drawRoundRect(skia.Rect.MakeLTRB(262, 500, 486, 930), 40, 40, glass)
    canvas.drawPath(_polygon([(285, 515), (463, 515), (420, 452), (328, 452)]), glass)
    canvas.drawRoundRect(
        skia.Rect.MakeLTRB(322, 372, 426, 462), 12, 12, _linear((322, 0), (426, 0), ((0, 0xFF141414), (0.3, 0xFF5C5C5C), (1, 0xFF0A0A0A)))
    )
    rubber = _linear((345, 0), (403, 0), ((0, 0xFF1C1C1C), (0.35, 0xFF707070), (1, 0xFF101010)))
    canvas.drawRoundRect(skia.Rect.MakeLTRB(345, 265, 403, 380), 28, 28, rubber)
    label = _linear((262, 0), (486, 0), ((0, 0xFFCFC4B4), (0.3, 0xFFFFFBF2), (1, 0xFFB8AB99)))
    canvas.drawRect(skia.Rect.MakeLTRB(262, 610, 486, 830), label)
    ink = skia.Paint(AntiAlias=True, Color=0xFF2A211A)
    canvas.drawCircle(374, 672, 30, skia.Paint(AntiAlias=True, Color=0xFFE4572E))
    for top, left, right in ((730, 306, 442), (756, 326, 422), (786, 340, 408)):
        canvas.drawRoundRect(skia.Rect.MakeLTRB(left, top, right, top + 11), 5, 5, ink)
    shine = skia.Paint(AntiAlias=True, Color=0xA0FFFFFF, MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 4))
    canvas.drawRoundRect(skia.Rect.MakeLTRB(284, 530, 298, 900), 7, 7, shine)


def _cup(canvas: skia.Canvas) -> None:
    _shadow(canvas, skia.Rect.MakeLTRB(90, 1010, 650, 1110), 0x80281C10)
    canvas.drawOval(skia.Rect.MakeLTRB(100, 960, 620, 1075), _linear((100, 960), (620, 1075), ((0, 0xFFFFFFFF), (1, 0xFFB9C0C4))))
    canvas.drawOval(skia.Rect.MakeLTRB(205, 985, 515, 1045), _linear((205, 0), (515, 0), ((0, 0xFFAAB2B6), (1, 0xFFE9EDEF))))
    handle = skia.Paint(AntiAlias=True, Color=0xFFDDE2E4, Style=skia.Paint.kStroke_Style, StrokeWidth=34)
    canvas.drawArc(skia.Rect.MakeLTRB(440, 725, 625, 905), -100, 215, False, handle)
    body = _linear((180, 0), (530, 0), ((0, 0xFFB7C2C6), (0.28, 0xFFFFFFFF), (0.6, 0xFFEFF3F4), (1, 0xFF93A1A6)))
    path = skia.Path()
    path.moveTo(180, 660)
    path.cubicTo(185, 900, 250, 1020, 300, 1022)
    path.lineTo(420, 1022)
    path.cubicTo(470, 1020, 528, 900, 532, 660)
    path.close()
    canvas.drawPath(path, body)
    canvas.drawOval(skia.Rect.MakeLTRB(180, 615, 532, 708), _linear((180, 0), (532, 0), ((0, 0xFFFFFFFF), (1, 0xFFC9D1D4))))
    coffee = _radial((330, 655), 190, ((0, 0xFFC98F55), (0.55, 0xFF8A5528), (1, 0xFF4A2810)))
    canvas.drawOval(skia.Rect.MakeLTRB(200, 628, 512, 700), coffee)
    stripe = skia.Paint(AntiAlias=True, Color=0xFFE4572E, Style=skia.Paint.kStroke_Style, StrokeWidth=16)
    canvas.drawArc(skia.Rect.MakeLTRB(186, 690, 524, 800), 12, 156, False, stripe)
    _orange(canvas, 610, 985, 78)
    steam = skia.Paint(
        AntiAlias=True,
        Color=0x4CFFFFFF,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=26,
        MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 12),
    )
    for x in (290, 360, 425):
        line = skia.Path()
        line.moveTo(x, 610)
        line.cubicTo(x - 60, 520, x + 70, 460, x, 360)
        canvas.drawPath(line, steam)
    for x, y, turn in ((120, 1160, 20), (200, 1195, 70), (300, 1170, -30), (420, 1205, 45)):
        _bean(canvas, x, y, turn)


def _orange(canvas: skia.Canvas, x: float, y: float, radius: float) -> None:
    _shadow(canvas, skia.Rect.MakeLTRB(x - radius, y + radius * 0.7, x + radius * 1.2, y + radius * 1.1), 0x70301808)
    peel = _radial((x - radius * 0.35, y - radius * 0.4), radius * 1.5, ((0, 0xFFFFC46B), (0.45, 0xFFF28C1E), (1, 0xFF9A4304)))
    canvas.drawCircle(x, y, radius, peel)


def _bean(canvas: skia.Canvas, x: float, y: float, turn_deg: float) -> None:
    canvas.save()
    canvas.rotate(turn_deg, x, y)
    canvas.drawOval(skia.Rect.MakeLTRB(x - 26, y - 16, x + 26, y + 16), _radial((x - 8, y - 6), 34, ((0, 0xFF8A5A34), (1, 0xFF2E1808))))
    canvas.drawLine(x - 22, y, x + 22, y, skia.Paint(AntiAlias=True, Color=0xFF200F04, StrokeWidth=3))
    canvas.restore()


def _leaf(canvas: skia.Canvas, x: float, y: float, long: float, wide: float, angle_deg: float, paint: skia.Paint) -> None:
    canvas.save()
    canvas.rotate(angle_deg, x, y)
    path = skia.Path()
    path.moveTo(x, y)
    path.cubicTo(x + long * 0.3, y - wide, x + long * 0.8, y - wide * 0.7, x + long, y)
    path.cubicTo(x + long * 0.8, y + wide * 0.7, x + long * 0.3, y + wide, x, y)
    canvas.drawPath(path, paint)
    canvas.restore()


def _shadow(canvas: skia.Canvas, room: skia.Rect, colour: int) -> None:
    canvas.drawOval(
        room, skia.Paint(AntiAlias=True, Color=colour, MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, room.height() / 4))
    )


def _polygon(points: list[tuple[float, float]]) -> skia.Path:
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    return path


def _linear(start: tuple[float, float], stop: tuple[float, float], stops: Stops) -> skia.Paint:
    shader = skia.GradientShader.MakeLinear([skia.Point(*start), skia.Point(*stop)], [c for _, c in stops], [at for at, _ in stops])
    return skia.Paint(AntiAlias=True, Shader=shader)


def _radial(middle: tuple[float, float], radius: float, stops: Stops) -> skia.Paint:
    shader = skia.GradientShader.MakeRadial(skia.Point(*middle), radius, [c for _, c in stops], [at for at, _ in stops])
    return skia.Paint(AntiAlias=True, Shader=shader)
