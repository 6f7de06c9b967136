"""Seconds that run down, as digits or inside a ring; the text, if any, stands over them. It is drawn once a second."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

import skia
from annotated_types import Interval, Unit

from libs.common.media.timeline import Canvas, Overlay
from services.composition.blocks import LEAST_PX, draw_block, set_line
from services.composition.executors.base import Patch
from services.composition.layout import Box
from services.composition.overlays import Asked, Entrance, Exit, OverlayParams
from services.composition.palette import INK, WHITE, ColourName, accent_on
from services.composition.panels import fitted, plate, rect, sheet_over
from services.composition.text import CAP_HEIGHT_EM, Type, set_text, width_of

TITLE = "Countdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    enter: Entrance = "pop"
    """How it comes in."""
    leave: Exit = "fade"
    """How it goes."""
    seconds: Annotated[float, Interval(ge=1, le=86_400), Unit("s")] = 10.0
    """What it counts down from, on its first frame."""
    look: Literal["digits", "ring"] = "digits"
    """Digits on a plate, or inside a ring that empties."""
    size_px: Annotated[float, Interval(ge=60, le=300), Unit("px")] = 120.0
    """Height of the digits at a short side of 1080."""
    colour: ColourName = "primary"
    """Of the ring, or of the digits on the plate."""


def state(overlay: Overlay, params: Params, frame: int, canvas: Canvas) -> int:
    """Whole seconds that are left."""
    return max(0, math.ceil(Fraction(params.seconds).limit_denominator(1_000) - Fraction(frame) / canvas.rate))


def draw(asked: Asked) -> Patch:
    theme, params, px = asked.theme, asked.params, asked.theme.px
    safe, top = theme.layout.safe, theme.layout.heading_top
    digits = Type(px(params.size_px), theme.language)
    widest = _clock(math.ceil(params.seconds))
    field = f"{asked.field}/text"
    if params.look == "ring":
        side = max(2.2 * px(params.size_px), 1.6 * width_of(widest, digits))
        room = asked.room(Box(safe.centre[0] - side / 2, top, safe.centre[0] + side / 2, top + side))
        return _ring(asked, fitted(room, 1, 1), digits, widest)
    room = asked.room(Box(safe.left, top, safe.right, top + 3 * px(params.size_px)))
    number = set_line(widest, digits, width=room.width - px(80), least_px=px(LEAST_PX), field=field)
    words = set_line(asked.overlay.text, Type(px(44), theme.language), width=room.width - px(80), least_px=px(LEAST_PX), field=field)
    above = words.height + px(14) if words.lines else 0.0
    width, height = max(number.width, words.width) + px(80), above + number.height + px(44)
    left = room.centre[0] - width / 2
    upper = room.top if asked.overlay.place is None else room.centre[1] - height / 2
    box = Box(left, upper, left + width, upper + height)
    sheet = sheet_over(box, px(40))
    plate(sheet, box, INK, opacity=0.78, radius=px(26))
    draw_block(sheet.canvas, words, left=left, right=box.right, top=upper + px(20), fill=WHITE.argb(0.92))
    _digits(sheet.canvas, asked, widest, number.type, box.centre[0], upper + px(22) + above + 0.88 * number.type.size_px)
    sheet.lay_shadow(sigma_px=px(12), strength=0.35, drop_px=px(6))
    return sheet.patch()


def _ring(asked: Asked, box: Box, digits: Type, widest: str) -> Patch:
    theme, px = asked.theme, asked.theme.px
    sheet = sheet_over(box, px(30))
    plate(sheet, box, INK, opacity=0.7, radius=box.width / 2)
    thick = max(px(8), 0.07 * box.width)
    inner = Box(box.left + thick, box.top + thick, box.right - thick, box.bottom - thick)
    paint = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=thick, StrokeCap=skia.Paint.kRound_Cap)
    paint.setColor(WHITE.argb(0.22))
    sheet.canvas.drawOval(rect(inner), paint)
    paint.setColor(theme.colour(asked.params.colour).argb())
    share = min(1.0, asked.state / asked.params.seconds)
    if share:
        sheet.canvas.drawArc(rect(inner), -90, 360 * share, False, paint)
    room = 0.62 * inner.width
    number = set_line(widest, digits, width=room, least_px=px(LEAST_PX), field=f"{asked.field}/params/seconds")
    middle = box.centre[1] + CAP_HEIGHT_EM / 2 * number.type.size_px
    if asked.overlay.text:
        words = set_line(asked.overlay.text, Type(px(36), theme.language), width=room, least_px=px(LEAST_PX), field=f"{asked.field}/text")
        draw_block(sheet.canvas, words, left=box.left, right=box.right, top=box.top + 0.2 * box.height, fill=WHITE.argb(0.9))
        middle += 0.08 * box.height
    _digits(sheet.canvas, asked, widest, number.type, box.centre[0], middle, WHITE.argb())
    sheet.lay_shadow(sigma_px=px(12), strength=0.35, drop_px=px(6))
    return sheet.patch()


def _digits(canvas: skia.Canvas, asked: Asked, widest: str, type: Type, centre: float, baseline: float, argb: int | None = None) -> None:
    """Each digit in the middle of a cell of the widest one: nothing jumps as they change."""
    text = _clock(asked.state).rjust(len(widest))
    cells = [max(width_of(digit, type) for digit in "0123456789") if char != ":" else width_of(":", type) for char in text]
    colour = argb if argb is not None else accent_on(INK, asked.theme.colour(asked.params.colour), least=6).argb()
    used = sum(cell for cell, char in zip(cells, text, strict=True) if not char.isspace())
    x = centre - used / 2
    for cell, char in zip(cells, text, strict=True):
        if not char.isspace():
            set_text(canvas, char, x + (cell - width_of(char, type)) / 2, baseline, type, colour)
            x += cell


def _clock(seconds: int) -> str:
    """`9`, `1:05`, `2:00:00`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{rest:02}"
    return f"{minutes}:{rest:02}" if minutes else str(rest)
