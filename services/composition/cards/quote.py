"""A quotation under a large mark in the brand's colour; the subtext says whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import skia
from annotated_types import Interval, Unit

from services.composition.card_text import Part, accent, draw_parts, fitting, free_room, text_part
from services.composition.cards import Asked
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.layout import Box

TITLE = "Quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    size_px: Annotated[float, Interval(ge=50, le=160), Unit("px")] = 88.0
    """Height of a Chinese character at a short side of 1080; smaller where the words need it."""


def draw(asked: Asked) -> Patch:
    theme, px = asked.theme, asked.theme.px
    free = free_room(asked.room, theme)
    box = Box(free.left + px(50), free.top, free.right - px(50), free.bottom)

    return draw_parts(fitting(lambda scale: _parts(asked, box, scale), box, f"{asked.field}/text"), box, theme).patch()


def _parts(asked: Asked, box: Box, scale: float) -> tuple[Part, ...]:
    theme, px = asked.theme, asked.theme.px

    def mark(sheet: Sheet, top: float) -> None:
        """Two commas, drawn: fonts differ much in theirs."""
        paint = skia.Paint(AntiAlias=True, Color=accent(theme).argb())
        for number in range(2):
            left, size = box.centre[0] - px(62) + number * px(70), px(54)
            path = skia.Path()
            path.addOval(skia.Rect.MakeXYWH(left, top + px(42), size, size))
            path.moveTo(left, top + px(42) + size / 2)
            path.cubicTo(left, top + px(20), left + 0.35 * size, top + px(4), left + 0.9 * size, top)
            path.cubicTo(left + 0.55 * size, top + px(16), left + 0.5 * size, top + px(30), left + 0.5 * size, top + px(46))
            path.close()
            sheet.canvas.drawPath(path, paint)

    words = text_part(
        asked.text,
        theme,
        box,
        size_px=asked.params.size_px,
        height=0.62 * box.height,
        above_px=44,
        most=6,
        line_height=1.42,
        scale=scale,
        field=f"{asked.field}/text",
    )
    who = f"— {asked.subtext}" if asked.subtext.strip() else ""
    whose = text_part(
        who,
        theme,
        box,
        size_px=48,
        height=px(130),
        above_px=52,
        most=2,
        bold=False,
        opacity=0.86,
        scale=scale,
        field=f"{asked.field}/subtext",
    )
    return Part(px(100), 0, mark), words, whose
