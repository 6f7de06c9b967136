"""Free text at a place, with or without a box. Line ends in the text stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval, Unit

from services.composition.blocks import LEAST_PX, draw_block, set_block
from services.composition.executors.base import Patch
from services.composition.layout import Box
from services.composition.overlays import Asked, OverlayParams
from services.composition.palette import ColourName
from services.composition.panels import plate, sheet_over
from services.composition.text import Stroke, Type

TITLE = "Text"
MOST_LINES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    size_px: Annotated[float, Interval(ge=30, le=300), Unit("px")] = 64.0
    """Height of a Chinese character at a short side of 1080; smaller where the words need it, down to 30."""
    colour: ColourName = "white"
    """Of the letters: `primary`, `secondary`, `white`, `ink` or `#RRGGBB`."""
    weight: Literal["bold", "regular"] = "bold"
    """Of the letters."""
    align: Literal["left", "centre", "right"] = "centre"
    """Of the lines. Scripts that run from right to left take `left` as their beginning."""
    stroke_px: Annotated[float, Interval(ge=0, le=40), Unit("px")] = 8.0
    """Width of the outline, at a short side of 1080; none where there is a box."""
    stroke_colour: ColourName = "ink"
    """Of the outline."""
    box: Annotated[float, Interval(ge=0, le=1)] = 0.0
    """Opacity of a box behind the lines; 0 for none."""
    box_colour: ColourName = "ink"
    """Of the box."""
    radius_px: Annotated[float, Interval(ge=0, le=100), Unit("px")] = 20.0
    """Of the box's corners, at a short side of 1080."""
    line_height: Annotated[float, Interval(ge=1, le=2.5)] = 1.3
    """From line to line, in sizes of the type."""


def draw(asked: Asked) -> Patch:
    theme, params, px = asked.theme, asked.params, asked.theme.px
    safe = theme.layout.safe
    usual = Box(safe.left, safe.top + 0.25 * safe.height, safe.right, safe.top + 0.6 * safe.height)
    room = asked.room(usual)
    pad_x, pad_y = (px(30), px(20)) if params.box else (px(params.stroke_px) / 2,) * 2
    block = set_block(
        asked.overlay.text,
        Type(px(params.size_px), theme.language, bold=params.weight == "bold"),
        width=room.width - 2 * pad_x,
        height=room.height - 2 * pad_y,
        most=MOST_LINES,
        least_px=px(LEAST_PX),
        line_height=params.line_height,
        field=f"{asked.field}/text",
    )
    width, height = block.width + 2 * pad_x, block.height + 2 * pad_y
    ahead = {"left": 0.0, "centre": 0.5, "right": 1.0}[params.align]
    left, top = room.left + ahead * (room.width - width), room.centre[1] - height / 2
    box = Box(left, top, left + width, top + height)
    sheet = sheet_over(box, px(40))
    stroke = None
    if params.box:
        plate(sheet, box, theme.colour(params.box_colour), opacity=params.box, radius=px(params.radius_px))
    elif params.stroke_px:
        stroke = Stroke(px(params.stroke_px), theme.colour(params.stroke_colour).argb(0.94))
    colour = theme.colour(params.colour).argb()
    begin, end = box.left + pad_x, box.right - pad_x
    draw_block(sheet.canvas, block, left=begin, right=end, top=box.top + pad_y, fill=colour, align=params.align, stroke=stroke)
    sheet.lay_shadow(sigma_px=px(8), strength=0.4, drop_px=px(4))
    return sheet.patch()
