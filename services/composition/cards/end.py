"""The close: the brand, the call to action large, the price, what to do as a button, and a QR code, each only where it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import skia
from annotated_types import Interval, Len, Unit

from libs.common.media.errors import InvalidInput
from services.composition.blocks import LEAST_PX, set_line
from services.composition.card_ground import text_colour
from services.composition.card_text import Part, accent, draw_parts, fitting, free_room, text_part
from services.composition.cards import Asked
from services.composition.codes import count_of, draw_code, encode, least_module
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.layout import Box
from services.composition.palette import large_text_on
from services.composition.panels import plate
from services.composition.text import Type, set_text, width_of

TITLE = "End"
WIDE = 1.2
"""From this shape of its room on, the code stands beside the words."""
CODE_SHARE = 0.4
"""Of the room's height, or of its width beside the words, that a code may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    brand: Annotated[str, Len(0, 40)] = ""
    """The name at the top."""
    price: Annotated[str, Len(0, 24)] = ""
    """As it is to be read: `¥199`."""
    was: Annotated[str, Len(0, 24)] = ""
    """The former price, crossed out."""
    qr: Annotated[str, Len(0, 500)] = ""
    """What a QR code leads to."""
    size_px: Annotated[float, Interval(ge=60, le=200), Unit("px")] = 104.0
    """Height of a Chinese character of the call to action at a short side of 1080; smaller where the words need it."""


def draw(asked: Asked) -> Patch:
    theme, px = asked.theme, asked.theme.px
    free = free_room(asked.room, theme)
    box = Box(free.left + px(30), free.top, free.right - px(30), free.bottom)
    field = f"{asked.field}/text"
    code = _code(asked, box) if asked.params.qr else None
    if code is None or box.width <= WIDE * box.height:
        below = (code,) if code is not None else ()
        return draw_parts(fitting(lambda scale: (*_parts(asked, box, scale), *below), box, field), box, theme).patch()
    words = Box(box.left, box.top, box.right - code.height - px(60), box.bottom)
    column = fitting(lambda scale: _parts(asked, words, scale), words, field)
    return draw_parts([_beside(column, code)], box, theme).patch()


def _parts(asked: Asked, box: Box, scale: float) -> tuple[Part, ...]:
    theme, params, field = asked.theme, asked.params, asked.field
    brand = text_part(
        params.brand, theme, box, size_px=58, height=box.height, most=1, scale=scale, colour=accent(theme), field=f"{field}/params/brand"
    )
    words = text_part(
        asked.text, theme, box, size_px=params.size_px, height=box.height, above_px=34, most=3, scale=scale, field=f"{field}/text"
    )
    price = (_price(asked, box, scale),) if params.price else ()
    button = (_button(asked, box, scale),) if asked.subtext.strip() else ()
    return (brand, words, *price, *button)


def _beside(column: Sequence[Part], code: Part) -> Part:
    """The words at the left of the code, both in the middle of the higher one."""
    row = sum(part.height for part in column) + sum(part.above for part in column[1:])
    height = max(row, code.height)

    def draw(sheet: Sheet, top: float) -> None:
        at = top + (height - row) / 2
        for number, part in enumerate(column):
            at += part.above if number else 0
            part.draw(sheet, at)
            at += part.height
        code.draw(sheet, top + (height - code.height) / 2)

    return Part(height, 0, draw)


def _price(asked: Asked, box: Box, scale: float) -> Part:
    theme, params = asked.theme, asked.params
    field = f"{asked.field}/params/price"
    least = theme.px(LEAST_PX)
    now = set_line(params.price, Type(theme.px(120 * scale), theme.language), width=0.62 * box.width, least_px=least, field=field).type
    before = replace(now, size_px=0.42 * now.size_px, bold=False)
    gap = theme.px(26) if params.was else 0.0
    width = width_of(params.price, now) + gap + (width_of(params.was, before) if params.was else 0.0)

    def draw(sheet: Sheet, top: float) -> None:
        x, baseline = box.centre[0] - width / 2, top + 0.88 * now.size_px
        set_text(sheet.canvas, params.price, x, baseline, now, accent(theme).argb())
        if params.was:
            x += width_of(params.price, now) + gap
            set_text(sheet.canvas, params.was, x, baseline, before, text_colour(theme).argb(0.75))
            line = skia.Paint(AntiAlias=True, StrokeWidth=max(2.0, theme.px(4)), Color=text_colour(theme).argb(0.9))
            y = baseline - 0.36 * before.size_px
            sheet.canvas.drawLine(x - theme.px(4), y, x + width_of(params.was, before) + theme.px(4), y, line)

    return Part(now.size_px, theme.px(30 * scale), draw)


def _button(asked: Asked, box: Box, scale: float) -> Part:
    theme, px = asked.theme, asked.theme.px
    type = Type(px(max(LEAST_PX, 52 * scale)), theme.language)
    line = set_line(asked.subtext, type, width=box.width - px(110), least_px=px(LEAST_PX), field=f"{asked.field}/subtext")
    height, width = line.type.size_px + px(52 * scale), line.width + px(110)

    def draw(sheet: Sheet, top: float) -> None:
        ground = Box(box.centre[0] - width / 2, top, box.centre[0] + width / 2, top + height)
        plate(sheet, ground, theme.primary, radius=height / 2)
        baseline = top + px(26 * scale) + 0.88 * line.type.size_px
        set_text(sheet.canvas, asked.subtext.strip(), ground.left + px(55), baseline, line.type, large_text_on(theme.primary).argb())

    return Part(height, px(44 * scale), draw)


def _code(asked: Asked, box: Box) -> Part:
    """At the right of a wide room, in the middle of others."""
    field = f"{asked.field}/params/qr"
    code = encode(asked.params.qr, "M", field=field)
    beside = box.width > WIDE * box.height
    room = min(box.height, CODE_SHARE * box.width) if beside else min(box.width, CODE_SHARE * box.height)
    module = int(room / count_of(code))
    if module < least_module(asked.theme.layout.unit):
        raise InvalidInput("the code does not fit the card; shorten its text", code="edit.qr_too_small", field=field)
    size = module * count_of(code)
    left = round(box.right - size if beside else box.centre[0] - size / 2)

    def draw(sheet: Sheet, top: float) -> None:
        draw_code(sheet, code, left, round(top), module)

    return Part(size, asked.theme.px(40), draw)
