"""Several points: the text is the heading, each line of the subtext a point with its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval, Unit

from libs.common.media.errors import InvalidInput
from services.composition.bidi import runs_left
from services.composition.blocks import LEAST_PX, Block, draw_block, set_block
from services.composition.card_ground import text_colour
from services.composition.card_text import Part, draw_parts, free_room, text_part
from services.composition.cards import Asked
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.layout import Box
from services.composition.lines import sizes
from services.composition.palette import large_text_on
from services.composition.panels import plate
from services.composition.text import CAP_HEIGHT_EM, Type, set_text, width_of

TITLE = "List"
MOST_POINTS = 6
LINE_HEIGHT = 1.22


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    size_px: Annotated[float, Interval(ge=40, le=120), Unit("px")] = 66.0
    """Height of a Chinese character of a point at a short side of 1080; smaller where the words need it."""
    marks: Literal["numbers", "dots"] = "numbers"
    """What stands before each point."""


def draw(asked: Asked) -> Patch:
    theme, px = asked.theme, asked.theme.px
    free = free_room(asked.room, theme)
    box = Box(free.left + px(30), free.top, free.right - px(30), free.bottom)
    points = [line.strip() for line in asked.subtext.splitlines() if line.strip()]
    if len(points) > MOST_POINTS:
        raise InvalidInput(f"a list has at most {MOST_POINTS} points", code="edit.too_many_points", field=f"{asked.field}/subtext")
    heading = text_part(asked.text, theme, box, size_px=84, height=0.28 * box.height, most=2, align="left", field=f"{asked.field}/text")
    rest = box.height - heading.height - px(50)
    size = _size(asked, points, box, rest) if points else asked.params.size_px
    parts = [_point(asked, number, point, box, size, first=number == 0) for number, point in enumerate(points)]
    return draw_parts((heading, *parts), box, theme).patch()


def _size(asked: Asked, points: list[str], box: Box, height: float) -> float:
    """The type that all points share, in pixels: the largest at which they fit together."""
    px = asked.theme.px
    for size in sizes(px(asked.params.size_px), px(LEAST_PX)):
        try:
            blocks = [_block(asked, point, box, size) for point in points]
        except InvalidInput:
            blocks = []
        if blocks and sum(block.height + 0.62 * size for block in blocks) <= height:
            return size
    raise InvalidInput(
        f"{len(points)} points of this length do not fit at a size that can be read",
        code="edit.text_too_long",
        field=f"{asked.field}/subtext",
    )


def _block(asked: Asked, point: str, box: Box, size: float) -> Block:
    width = box.width - 1.9 * size
    type = Type(size, asked.theme.language, bold=False)
    return set_block(point, type, width=width, least_px=size, most=3, line_height=LINE_HEIGHT, field=f"{asked.field}/subtext")


def _point(asked: Asked, number: int, point: str, box: Box, size: float, *, first: bool) -> Part:
    theme = asked.theme
    block = _block(asked, point, box, size)
    leftwards = runs_left(point)

    def draw(sheet: Sheet, top: float) -> None:
        """The mark is centred on the first line."""
        middle, radius = top + 0.5 * size, 0.62 * size if asked.params.marks == "numbers" else 0.2 * size
        x = box.right - 0.62 * size if leftwards else box.left + 0.62 * size
        plate(sheet, Box(x - radius, middle - radius, x + radius, middle + radius), theme.primary, radius=radius)
        if asked.params.marks == "numbers":
            type = Type(0.72 * size, theme.language)
            text = str(number + 1)
            baseline = middle + CAP_HEIGHT_EM / 2 * type.size_px
            set_text(sheet.canvas, text, x - width_of(text, type) / 2, baseline, type, large_text_on(theme.primary).argb())
        left, right = (box.left, box.right - 1.9 * size) if leftwards else (box.left + 1.9 * size, box.right)
        draw_block(sheet.canvas, block, left=left, right=right, top=top, fill=text_colour(theme).argb(), align="left")

    return Part(block.height, 0.9 * size if first else 0.62 * size, draw)
