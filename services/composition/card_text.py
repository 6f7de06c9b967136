"""What cards share: blocks of text one under the other, in the part of the picture that captions and labels leave free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from libs.common.media.errors import InvalidInput
from services.composition.blocks import LEAST_PX, Align, draw_block, set_block
from services.composition.card_ground import text_colour
from services.composition.ink import Sheet
from services.composition.layout import Box
from services.composition.lines import sizes
from services.composition.palette import INK, WHITE, Colour, accent_on
from services.composition.text import Stroke, Type
from services.composition.theme import Theme

MOST_LINES = 4
LEAST_SCALE = 0.4
"""Of a card that has much to show."""
AIR_PX = 40.0
"""Between the card's words and captions."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something on a card: how high it is, how much air it wants above it, and what draws it from `top` down."""

    height: float
    above: float
    draw: Callable[[Sheet, float], None]


def free_room(room: Box, theme: Theme) -> Box:
    """Of a card over the whole canvas: below label and logo, above captions. A card with a place of its own has all of it."""
    layout = theme.layout
    if room != layout.safe:
        return room
    return Box(room.left, layout.heading_top, room.right, layout.bottom - theme.px(230 + AIR_PX))


def draw_parts(parts: Sequence[Part], box: Box, theme: Theme) -> Sheet:
    """In the middle of the box, one under the other."""
    shown = [part for part in parts if part.height > 0]
    above = [part.above if number else 0.0 for number, part in enumerate(shown)]
    height = sum(part.height for part in shown) + sum(above)
    top = box.centre[1] - height / 2
    margin = theme.px(80)
    sheet = Sheet(round(box.left - margin), round(top - margin), round(box.width + 2 * margin), round(height + 2 * margin))
    for part, gap in zip(shown, above, strict=True):
        top += gap
        part.draw(sheet, top)
        top += part.height
    if text_colour(theme) == WHITE:
        sheet.lay_shadow(sigma_px=theme.px(16), strength=0.5, drop_px=theme.px(6))
    return sheet


def fitting(make: Callable[[float], Sequence[Part]], box: Box, field: str) -> Sequence[Part]:
    """The parts at the largest scale, from 1 down, at which they lie in the box together. Raises InvalidInput (`edit.text_too_long`)."""
    for scale in sizes(1.0, LEAST_SCALE):
        parts = [part for part in make(scale) if part.height > 0]
        if sum(part.height for part in parts) + sum(part.above for part in parts[1:]) <= box.height + 1:
            return parts
    raise InvalidInput("there is more on this card than can be read; shorten it", code="edit.text_too_long", field=field)


def text_part(
    text: str,
    theme: Theme,
    box: Box,
    *,
    size_px: float,
    height: float,
    field: str,
    scale: float = 1.0,
    above_px: float = 0.0,
    most: int = MOST_LINES,
    bold: bool = True,
    align: Align = "centre",
    colour: Colour | None = None,
    opacity: float = 1.0,
    line_height: float = 1.32,
) -> Part:
    """Text as large as `size_px` (at a short side of 1080, times the card's scale) or as its room allows. Raises InvalidInput
    (`edit.text_too_long`)."""
    type = Type(theme.px(max(LEAST_PX, size_px * scale)), theme.language, bold=bold)
    least = theme.px(LEAST_PX)
    block = set_block(text, type, width=box.width, height=height, most=most, least_px=least, line_height=line_height, field=field)
    shown = colour or text_colour(theme)

    def draw(sheet: Sheet, top: float) -> None:
        halo = Stroke(theme.px(6), (INK if text_colour(theme) == WHITE else WHITE).argb(0.28))
        draw_block(sheet.canvas, block, left=box.left, right=box.right, top=top, fill=shown.argb(opacity), align=align, stroke=halo)

    return Part(block.height, theme.px(above_px * scale) if block.lines else 0.0, draw)


def accent(theme: Theme) -> Colour:
    """The brand's colour where it can be read on the gradient."""
    ground = theme.secondary.towards(theme.primary, 0.12)
    return accent_on(ground, theme.primary, least=3.5)
