"""The price on a ground of the brand's colour, the former price crossed out on a dark one below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Annotated

import skia
from annotated_types import Interval, Unit

from services.composition.blocks import LEAST_PX
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.layout import Box
from services.composition.lines import SHRINK, too_long
from services.composition.overlays import Asked, Entrance, OverlayParams
from services.composition.palette import large_text_on, text_on
from services.composition.panels import plate, rect, sheet_over
from services.composition.text import Type, set_text, width_of
from services.composition.theme import Theme

TITLE = "Price tag"
SYMBOL = 0.52
"""Size of the currency sign, of the amount's."""
FORMER = 0.36
STRIP_EM = 1.62
PLATE_EM = 1.16


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    enter: Entrance = "from_left"
    """How it comes in."""
    size_px: Annotated[float, Interval(ge=60, le=300), Unit("px")] = 148.0
    """Height of the digits at a short side of 1080; smaller where the amount needs it."""
    pulse: Annotated[float, Interval(ge=0, le=0.15)] = 0.04
    """How much larger it grows with each breath; 0 keeps it still."""


def draw(asked: Asked) -> Patch:
    theme, overlay, px, layout = asked.theme, asked.overlay, asked.theme.px, asked.theme.layout
    room = asked.room(Box(layout.left, layout.top, layout.left + 0.62 * layout.safe.width + 2 * px(40), layout.tag_bottom))
    sign, number = _parts(overlay.text)
    amount = Type(px(asked.params.size_px), theme.language)
    while _price_width(sign, number, amount, theme) + 2 * px(40) > room.width or _height(amount, overlay.subtext) > room.height:
        amount = replace(amount, size_px=amount.size_px * SHRINK)
        if amount.size_px < px(LEAST_PX):
            raise too_long(overlay.text, f"{asked.field}/text")
    em = amount.size_px
    width = _price_width(sign, number, amount, theme) + 2 * px(40)
    former = Type(em * FORMER, theme.language)
    strip = former.size_px * STRIP_EM if overlay.subtext else 0.0
    height = PLATE_EM * em
    left, top = room.left, room.bottom - height - strip
    if overlay.place is not None:
        left, top = room.centre[0] - width / 2, room.centre[1] - (height + strip) / 2
    sheet = sheet_over(Box(left, top, left + width, top + height + strip), px(60))
    radius = px(28)
    plate(sheet, Box(left, top, left + width, top + height + strip), theme.secondary, opacity=0.96, radius=radius)
    upper = skia.RRect()
    corners = [(radius, radius)] * 2 + [((0, 0) if strip else (radius, radius))] * 2
    upper.setRectRadii(rect(Box(left, top, left + width, top + height)), [skia.Point(*corner) for corner in corners])
    sheet.canvas.drawRRect(upper, skia.Paint(AntiAlias=True, Color=theme.primary.argb()))
    colour, baseline = large_text_on(theme.primary).argb(), top + 0.95 * em
    x = left + px(40)
    set_text(sheet.canvas, sign, x, baseline, replace(amount, size_px=em * SYMBOL), colour)
    set_text(sheet.canvas, number, x + _sign_width(sign, amount, theme), baseline, amount, colour)
    if overlay.subtext:
        _crossed_out(sheet, overlay.subtext, former, left + width / 2, top + height + strip / 2, width - 2 * px(24), theme)
    sheet.lay_shadow(sigma_px=px(16), strength=0.45, drop_px=px(10))
    return sheet.patch()


def _crossed_out(sheet: Sheet, text: str, type: Type, centre_x: float, centre_y: float, room: float, theme: Theme) -> None:
    colour = text_on(theme.secondary).argb(0.8)
    type = replace(type, size_px=type.size_px * min(1.0, room / width_of(text, type)))
    width, em = width_of(text, type), type.size_px
    x, baseline = centre_x - width / 2, centre_y + 0.36 * em
    set_text(sheet.canvas, text, x, baseline, replace(type, bold=False), colour)
    line = skia.Paint(
        AntiAlias=True, StrokeWidth=max(2.0, 0.07 * em), Color=text_on(theme.secondary).argb(0.95), StrokeCap=skia.Paint.kRound_Cap
    )
    sheet.canvas.drawLine(x - 0.1 * em, centre_y, x + width + 0.1 * em, centre_y, line)


def _height(amount: Type, former: str) -> float:
    return amount.size_px * (PLATE_EM + (FORMER * STRIP_EM if former else 0.0))


def _parts(text: str) -> tuple[str, str]:
    """Currency sign and amount."""
    found = re.match(r"(\D*)(.*)", text, re.DOTALL)
    return (found.group(1), found.group(2)) if found else ("", text)


def _sign_width(sign: str, amount: Type, theme: Theme) -> float:
    return width_of(sign, replace(amount, size_px=amount.size_px * SYMBOL)) + (theme.px(10) if sign.strip() else 0)


def _price_width(sign: str, number: str, amount: Type, theme: Theme) -> float:
    return _sign_width(sign, amount, theme) + width_of(number, amount)
