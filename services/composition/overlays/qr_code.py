"""A QR code of the text, on a white plate with its quiet zone; the subtext stands below.

Modules are whole pixels and never smaller than what a phone reads off another screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval, Unit

from libs.common.media.errors import InvalidInput
from services.composition.blocks import LEAST_PX, draw_block, set_block
from services.composition.codes import count_of, draw_code, encode, least_module
from services.composition.executors.base import Patch
from services.composition.layout import Box
from services.composition.overlays import Asked, Entrance, Exit, OverlayParams
from services.composition.palette import INK
from services.composition.panels import sheet_over
from services.composition.text import Type

TITLE = "QR code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    enter: Entrance = "pop"
    """How it comes in."""
    leave: Exit = "fade"
    """How it goes."""
    size_px: Annotated[float, Interval(ge=160, le=900), Unit("px")] = 340.0
    """Side of the plate at a short side of 1080, where there is no place; larger where the text needs it."""
    level: Literal["L", "M", "Q", "H"] = "M"
    """Error correction: 7, 15, 25 or 30 % of the code may be damaged."""


def draw(asked: Asked) -> Patch:
    theme, params, px, safe = asked.theme, asked.params, asked.theme.px, asked.theme.layout.safe
    free = asked.overlay.place is None
    code = encode(asked.overlay.text, params.level, field=f"{asked.field}/text")
    count, least = count_of(code), least_module(theme.layout.unit)
    side = max(px(params.size_px), least * count)
    middle_x, middle_y = safe.centre
    room = asked.room(Box(middle_x - side / 2, max(safe.top, middle_y - side / 2 - px(60)), middle_x + side / 2, safe.bottom).within(safe))
    words = set_block(
        asked.overlay.subtext,
        Type(px(40), theme.language),
        width=min(side, room.width) - px(16),
        least_px=px(LEAST_PX),
        field=f"{asked.field}/subtext",
    )
    below = words.height + px(26) if words.lines else 0.0
    module = int(min(room.width, room.height - below, side if free else 1e9) / count)
    if module < least:
        detail = f"a code of {count} modules needs {least * count} pixels here: shorten its text, lower its level or widen its place"
        raise InvalidInput(detail, code="edit.qr_too_small", field=f"{asked.field}/{'text' if free else 'place'}")
    size = module * count
    left = round(room.centre[0] - size / 2)
    top = round(room.top if free else room.centre[1] - (size + below) / 2)
    sheet = sheet_over(Box(left, top, left + size, top + size + below), px(40))
    draw_code(sheet, code, left, top, module, below=below)
    draw_block(sheet.canvas, words, left=left, right=left + size, top=top + size - module * 1.5, fill=INK.argb())
    sheet.lay_shadow(sigma_px=px(14), strength=0.4, drop_px=px(8))
    return sheet.patch()
