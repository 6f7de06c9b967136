"""The price on a ground of the brand's colour, the former price crossed out on a dark one below it."""

from __future__ import annotations

import re
from dataclasses import replace

import skia

from libs.common.media.timeline import Overlay
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.palette import text_on
from services.composition.text import Type, set_text, width_of
from services.composition.theme import Theme

SIZE_PX = 148.0
SYMBOL = 0.52
"""Size of the currency sign, of the amount's."""
FORMER = 0.36


def draw(overlay: Overlay, theme: Theme, image: bytes | None) -> Patch:
    px, layout = theme.px, theme.layout
    amount = Type(px(SIZE_PX), theme.language)
    sign, number = _parts(overlay.text)
    room = 0.62 * (layout.right - layout.left)
    while _price_width(sign, number, amount, theme) > room:
        amount = replace(amount, size_px=amount.size_px * 0.94)
    em = amount.size_px
    width = _price_width(sign, number, amount, theme) + 2 * px(40)
    former = Type(em * FORMER, theme.language)
    strip = former.size_px * 1.62 if overlay.subtext else 0.0
    height = 1.16 * em
    left, top = layout.left, layout.tag_bottom - height - strip
    margin = px(60)
    sheet = Sheet(round(left - margin), round(top - margin), round(width + 2 * margin), round(height + strip + 2 * margin))
    radius = px(28)
    whole = skia.Rect.MakeXYWH(left, top, width, height + strip)
    sheet.canvas.drawRoundRect(whole, radius, radius, skia.Paint(AntiAlias=True, Color=theme.secondary.argb(0.96)))
    upper = skia.RRect()
    corners = [(radius, radius)] * 2 + [((0, 0) if strip else (radius, radius))] * 2
    upper.setRectRadii(skia.Rect.MakeXYWH(left, top, width, height), [skia.Point(*corner) for corner in corners])
    sheet.canvas.drawRRect(upper, skia.Paint(AntiAlias=True, Color=theme.primary.argb()))
    colour, baseline = text_on(theme.primary).argb(), top + 0.95 * em
    small = replace(amount, size_px=em * SYMBOL)
    x = left + px(40)
    set_text(sheet.canvas, sign, x, baseline, small, colour)
    set_text(sheet.canvas, number, x + _sign_width(sign, amount, theme), baseline, amount, colour)
    if overlay.subtext:
        _crossed_out(sheet, overlay.subtext, former, left + width / 2, top + height + strip / 2, theme)
    sheet.lay_shadow(sigma_px=px(16), strength=0.45, drop_px=px(10))
    return sheet.patch()


def _crossed_out(sheet: Sheet, text: str, type: Type, centre_x: float, centre_y: float, theme: Theme) -> None:
    colour = text_on(theme.secondary).argb(0.8)
    width, em = width_of(text, type), type.size_px
    x, baseline = centre_x - width / 2, centre_y + 0.36 * em
    set_text(sheet.canvas, text, x, baseline, replace(type, bold=False), colour)
    line = skia.Paint(
        AntiAlias=True, StrokeWidth=max(2.0, 0.07 * em), Color=text_on(theme.secondary).argb(0.95), StrokeCap=skia.Paint.kRound_Cap
    )
    sheet.canvas.drawLine(x - 0.1 * em, centre_y, x + width + 0.1 * em, centre_y, line)


def _parts(text: str) -> tuple[str, str]:
    """Currency sign and amount."""
    found = re.match(r"(\D*)(.*)", text)
    return (found.group(1), found.group(2)) if found else ("", text)


def _sign_width(sign: str, amount: Type, theme: Theme) -> float:
    return width_of(sign, replace(amount, size_px=amount.size_px * SYMBOL)) + (theme.px(10) if sign.strip() else 0)


def _price_width(sign: str, number: str, amount: Type, theme: Theme) -> float:
    return _sign_width(sign, amount, theme) + width_of(number, amount)
