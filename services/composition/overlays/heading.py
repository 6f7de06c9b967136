"""A heading: bold type on a rounded ground, with a bar of the brand's colour."""

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

TITLE = "Heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    enter: Entrance = "drop"
    """How it comes in."""
    leave: Exit = "fade"
    """How it goes."""
    size_px: Annotated[float, Interval(ge=36, le=150), Unit("px")] = 76.0
    """Height of a Chinese character at a short side of 1080; smaller where the words need it."""
    ground: ColourName = "secondary"
    """Of the plate."""
    opacity: Annotated[float, Interval(ge=0.3, le=1)] = 0.9
    """Of the plate."""


def draw(asked: Asked) -> Patch:
    theme, params, layout = asked.theme, asked.params, asked.theme.layout
    px, safe = theme.px, layout.safe
    room = asked.room(Box(safe.left, layout.heading_top, safe.right, safe.bottom))
    bar, gap, side, air = px(12), px(26), px(36), px(29)
    around = bar + gap + 2 * side
    block = set_block(
        asked.overlay.text,
        Type(px(params.size_px), theme.language),
        width=min(room.width - around, safe.width - px(140)),
        height=room.height - 2 * air,
        least_px=px(LEAST_PX),
        field=f"{asked.field}/text",
    )
    width, height = block.width + around, block.height + 2 * air
    left = room.centre[0] - width / 2
    top = room.top if asked.overlay.place is None else room.centre[1] - height / 2
    box = Box(left, top, left + width, top + height)
    sheet = sheet_over(box, px(50))
    ground = theme.colour(params.ground)
    plate(sheet, box, ground, opacity=params.opacity, radius=px(26))
    stripe = Box(left + side, top + px(34), left + side + bar, top + height - px(34))
    plate(sheet, stripe, theme.primary, radius=bar / 2)
    draw_block(
        sheet.canvas, block, left=stripe.right + gap, right=box.right - side, top=top + air, fill=text_on(ground).argb(), align="left"
    )
    sheet.lay_shadow(sigma_px=px(14), strength=0.35, drop_px=px(8))
    return sheet.patch()
