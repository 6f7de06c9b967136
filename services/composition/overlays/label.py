"""The notice that a machine made the video, at the top right of the safe area.

GB 45438-2025, 5.4 wants glyphs of at least 5 % of the shortest side; the height of the capitals is taken as the measure.
"""

from __future__ import annotations

from dataclasses import dataclass

import skia

from libs.common.media.errors import InvalidInput
from services.composition.executors.base import Patch
from services.composition.layout import Box
from services.composition.overlays import Asked, Entrance, OverlayParams
from services.composition.palette import INK, WHITE
from services.composition.panels import plate, rect, sheet_over
from services.composition.text import CAP_HEIGHT_EM, Type, set_text, width_of

TITLE = "AI label"
GLYPH_SHARE = 0.0525
"""Of the shortest side: 5 %, and a little for rounding to pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    enter: Entrance = "none"
    """How it comes in. The law counts the time in which it can be read."""


def draw(asked: Asked) -> Patch:
    theme, overlay, safe = asked.theme, asked.overlay, asked.theme.layout.safe
    px, shortest = theme.px, min(theme.canvas.width_px, theme.canvas.height_px)
    cap = GLYPH_SHARE * shortest
    type = Type(cap / CAP_HEIGHT_EM, theme.language)
    width, height = width_of(overlay.text, type) + 2 * px(24), cap + 2 * px(21)
    room = asked.room(Box(safe.left, safe.top, safe.right, safe.top + height))
    if width > room.width or height > room.height + 1:
        raise InvalidInput("the notice does not fit this place at its lawful size", code="edit.text_too_long", field=f"{asked.field}/place")
    box = Box(room.right - width, room.top, room.right, room.top + height)
    sheet = sheet_over(box, px(8))
    plate(sheet, box, INK, opacity=0.5, radius=px(20))
    edge = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=px(2.5), Color=WHITE.argb(0.55))
    sheet.canvas.drawRoundRect(rect(box), px(20), px(20), edge)
    set_text(sheet.canvas, overlay.text, box.left + px(24), box.top + px(21) + cap, type, WHITE.argb(0.96))
    return sheet.patch()
