"""Who speaks or what is seen: a name, and a role below it, at the lower left with a bar of the brand's colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.blocks import LEAST_PX, draw_block, set_block
from services.composition.executors.base import Patch
from services.composition.layout import Box
from services.composition.overlays import Asked, Entrance, Exit, OverlayParams
from services.composition.palette import ColourName, text_on
from services.composition.panels import plate, sheet_over
from services.composition.text import Type

TITLE = "Lower third"
ROLE = 0.6
"""Size of the role, of the name's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    enter: Entrance = "from_left"
    """How it comes in."""
    leave: Exit = "fade"
    """How it goes."""
    size_px: Annotated[float, Interval(ge=36, le=120), Unit("px")] = 58.0
    """Height of the name's characters at a short side of 1080; smaller where the words need it."""
    ground: ColourName = "secondary"
    """Of the plate."""
    opacity: Annotated[float, Interval(ge=0.3, le=1)] = 0.9
    """Of the plate."""


def draw(asked: Asked) -> Patch:
    theme, params, layout, px = asked.theme, asked.params, asked.theme.layout, asked.theme.px
    room = asked.room(Box(layout.left, layout.top, layout.left + 0.78 * layout.safe.width, layout.tag_bottom))
    bar, pad_x, pad_y, gap = px(12), px(32), px(24), px(12)
    width = room.width - bar - 2 * pad_x
    name_type = Type(px(params.size_px), theme.language)
    role_type = Type(px(params.size_px * ROLE), theme.language, bold=False)
    name = set_block(asked.overlay.text, name_type, width=width, least_px=px(LEAST_PX), field=f"{asked.field}/text")
    role = set_block(asked.overlay.subtext, role_type, width=width, least_px=px(LEAST_PX), field=f"{asked.field}/subtext")
    height = 2 * pad_y + name.height + (gap + role.height if role.lines else 0)
    box_width = bar + 2 * pad_x + max(name.width, role.width)
    left, top = room.left, room.bottom - height
    if asked.overlay.place is not None:
        top = room.centre[1] - height / 2
    box = Box(left, top, left + box_width, top + height)
    sheet = sheet_over(box, px(50))
    ground = theme.colour(params.ground)
    plate(sheet, box, ground, opacity=params.opacity, radius=px(10))
    plate(sheet, Box(left, top, left + bar, top + height), theme.primary)
    begin, end = left + bar + pad_x, box.right - pad_x
    colour = text_on(ground)
    draw_block(sheet.canvas, name, left=begin, right=end, top=top + pad_y, fill=colour.argb(), align="left")
    draw_block(sheet.canvas, role, left=begin, right=end, top=top + pad_y + name.height + gap, fill=colour.argb(0.78), align="left")
    sheet.lay_shadow(sigma_px=px(12), strength=0.4, drop_px=px(6))
    return sheet.patch()
