"""The seller's logo at the top left: the image, or the name as a word mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from services.composition.blocks import draw_block, set_block
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.layout import Box
from services.composition.overlays import Asked, OverlayParams
from services.composition.palette import INK, WHITE
from services.composition.panels import fitted, paste, plate, sheet_over
from services.composition.pictures import read_rgba
from services.composition.text import Stroke, Type

TITLE = "Logo"
BOX_PX = (300.0, 96.0)
"""The image is fitted into this, at a short side of 1080."""
NAME_PX = 46.0
MOST_OF_WIDTH = 0.36
"""What a name may take of the safe area's width: the label stands at its right."""
NAME_LEAST_PX = 20.0
"""A name is known by sight: it may be smaller than what has to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    opacity: Annotated[float, Interval(ge=0.2, le=1)] = 1.0
    """Of the image."""


def draw(asked: Asked) -> Patch:
    theme, safe = asked.theme, asked.theme.layout.safe
    usual = Box(safe.left, safe.top, safe.left + theme.px(BOX_PX[0]), safe.top + theme.px(BOX_PX[1]))
    sheet = _name(asked, safe) if asked.image is None else _image(asked, asked.image, asked.room(usual))
    sheet.lay_shadow(sigma_px=theme.px(8), strength=0.4, drop_px=theme.px(3))
    return sheet.patch()


def _image(asked: Asked, image: bytes, room: Box) -> Sheet:
    height, width = read_rgba(image, name="the logo").shape[:2]
    box = fitted(room, width, height, x=0, y=0)
    sheet = sheet_over(box, asked.theme.px(30))
    paste(sheet, image, box, name="the logo", opacity=asked.params.opacity)
    return sheet


def _name(asked: Asked, safe: Box) -> Sheet:
    theme, px = asked.theme, asked.theme.px
    height = px(BOX_PX[1])
    room = asked.room(Box(safe.left, safe.top, safe.left + MOST_OF_WIDTH * safe.width, safe.top + height))
    wanted = Type(px(NAME_PX), theme.language, spacing_px=px(1.5))
    block = set_block(
        asked.overlay.text,
        wanted,
        width=room.width - px(28),
        height=height,
        least_px=px(NAME_LEAST_PX),
        line_height=1.2,
        field=f"{asked.field}/text",
    )
    top = room.centre[1] - block.height / 2
    sheet = sheet_over(Box(room.left, top, room.left + px(28) + block.width, top + block.height), px(40))
    plate(sheet, Box(room.left, top, room.left + px(12), top + block.height), theme.primary, radius=px(6))
    stroke = Stroke(px(5), INK.argb(0.5))
    left = room.left + px(28)
    draw_block(sheet.canvas, block, left=left, right=left + block.width, top=top, fill=WHITE.argb(), align="left", stroke=stroke)
    return sheet
