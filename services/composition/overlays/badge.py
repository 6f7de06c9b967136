"""A badge: `新品`, `-30%`, on a burst, a ribbon or a pill, at the upper right below the label."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal

import skia
from annotated_types import Interval, Unit

from services.composition.blocks import LEAST_PX, Block, draw_block, set_block
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.layout import Box
from services.composition.overlays import Asked, Entrance, Exit, OverlayParams
from services.composition.palette import Colour, ColourName, large_text_on
from services.composition.panels import fitted, plate, sheet_over
from services.composition.text import Type

TITLE = "Badge"
RAYS = 18
RAY_DEPTH = 0.1
"""Of the burst's radius."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    enter: Entrance = "pop"
    """How it comes in."""
    leave: Exit = "shrink"
    """How it goes."""
    shape: Literal["burst", "ribbon", "pill"] = "burst"
    """Of its ground."""
    size_px: Annotated[float, Interval(ge=36, le=150), Unit("px")] = 72.0
    """Height of a Chinese character at a short side of 1080; smaller where the words need it."""
    colour: ColourName = "primary"
    """Of its ground."""
    turn_deg: Annotated[float, Interval(ge=-30, le=30), Unit("deg")] = -8.0
    """How far a burst is turned; the others stand upright."""


def draw(asked: Asked) -> Patch:
    theme, params, px = asked.theme, asked.params, asked.theme.px
    safe = theme.layout.safe
    usual = Box(safe.right - px(300), theme.layout.heading_top, safe.right, theme.layout.heading_top + px(300))
    room = asked.room(usual)
    ground = theme.colour(params.colour)
    share = 0.64 if params.shape == "burst" else 0.8
    block = set_block(
        asked.overlay.text,
        Type(px(params.size_px), theme.language),
        width=room.width * share,
        height=room.height * share,
        least_px=px(LEAST_PX),
        line_height=1.15,
        most=3,
        field=f"{asked.field}/text",
    )
    sheet = sheet_over(room, px(40))
    at_right = 1.0 if asked.overlay.place is None else 0.5
    {"burst": _burst, "ribbon": _ribbon, "pill": _pill}[params.shape](sheet, block, room, ground, asked, at_right)
    sheet.lay_shadow(sigma_px=px(10), strength=0.4, drop_px=px(6))
    return sheet.patch()


def _burst(sheet: Sheet, block: Block, room: Box, ground: Colour, asked: Asked, at_right: float) -> None:
    """A star with shallow rays around the words."""
    radius = min(min(room.width, room.height) / 2, math.hypot(block.width, block.height) / 2 / (1 - RAY_DEPTH) + asked.theme.px(26))
    box = fitted(room, 1, 1, x=at_right, y=0 if at_right == 1 else 0.5)
    x = box.right - radius if at_right == 1 else box.centre[0]
    y = box.top + radius if at_right == 1 else box.centre[1]
    path = skia.Path()
    for step in range(2 * RAYS):
        angle = math.pi * step / RAYS
        reach = radius * (1 if step % 2 == 0 else 1 - RAY_DEPTH)
        point = (x + reach * math.cos(angle), y + reach * math.sin(angle))
        path.moveTo(*point) if step == 0 else path.lineTo(*point)
    path.close()
    sheet.canvas.save()
    sheet.canvas.rotate(asked.params.turn_deg, x, y)
    sheet.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=ground.argb()))
    ring = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=asked.theme.px(3), Color=large_text_on(ground).argb(0.5))
    sheet.canvas.drawCircle(x, y, radius * (1 - RAY_DEPTH) - asked.theme.px(9), ring)
    _words(sheet, block, Box(x - radius, y - radius, x + radius, y + radius), ground)
    sheet.canvas.restore()


def _ribbon(sheet: Sheet, block: Block, room: Box, ground: Colour, asked: Asked, at_right: float) -> None:
    """A band with a swallow's tail at its left."""
    px = asked.theme.px
    box = _around(block, room, px(44), px(18), at_right)
    tail = min(px(26), box.height / 2)
    path = skia.Path()
    path.moveTo(box.left - tail, box.top)
    for point in ((box.right, box.top), (box.right, box.bottom), (box.left - tail, box.bottom), (box.left, box.centre[1])):
        path.lineTo(*point)
    path.close()
    sheet.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=ground.argb()))
    _words(sheet, block, box, ground)


def _pill(sheet: Sheet, block: Block, room: Box, ground: Colour, asked: Asked, at_right: float) -> None:
    box = _around(block, room, asked.theme.px(36), asked.theme.px(16), at_right)
    plate(sheet, box, ground, radius=box.height / 2)
    _words(sheet, block, box, ground)


def _around(block: Block, room: Box, pad_x: float, pad_y: float, at_right: float) -> Box:
    width, height = min(room.width, block.width + 2 * pad_x), min(room.height, block.height + 2 * pad_y)
    left = room.left + at_right * (room.width - width)
    top = room.top if at_right == 1 else room.centre[1] - height / 2
    return Box(left, top, left + width, top + height)


def _words(sheet: Sheet, block: Block, box: Box, ground: Colour) -> None:
    draw_block(sheet.canvas, block, left=box.left, right=box.right, top=box.centre[1] - block.height / 2, fill=large_text_on(ground).argb())
