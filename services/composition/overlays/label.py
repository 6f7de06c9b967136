"""The notice that a machine made the video.

GB 45438-2025, 5.4 wants glyphs of at least 5 % of the shortest side; the height of the capitals is taken as the measure.
"""

from __future__ import annotations

import skia

from libs.common.media.timeline import Overlay
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.palette import INK, WHITE
from services.composition.text import CAP_HEIGHT_EM, Type, set_text, width_of
from services.composition.theme import Theme

GLYPH_SHARE = 0.0525
"""Of the shortest side: 5 %, and a little for rounding to pixels."""


def draw(overlay: Overlay, theme: Theme, image: bytes | None) -> Patch:
    shortest = min(theme.canvas.width_px, theme.canvas.height_px)
    type = Type(GLYPH_SHARE * shortest / CAP_HEIGHT_EM, theme.language)
    px, cap = theme.px, GLYPH_SHARE * shortest
    width, height = width_of(overlay.text, type) + 2 * px(24), cap + 2 * px(21)
    right, top = theme.layout.right, theme.layout.top
    sheet = Sheet(round(right - width - px(8)), round(top - px(8)), round(width + px(16)), round(height + px(16)))
    box = skia.Rect.MakeXYWH(right - width, top, width, height)
    sheet.canvas.drawRoundRect(box, px(20), px(20), skia.Paint(AntiAlias=True, Color=INK.argb(0.5)))
    edge = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=px(2.5), Color=WHITE.argb(0.55))
    sheet.canvas.drawRoundRect(box, px(20), px(20), edge)
    set_text(sheet.canvas, overlay.text, right - width + px(24), top + px(21) + cap, type, WHITE.argb(0.96))
    return sheet.patch()
