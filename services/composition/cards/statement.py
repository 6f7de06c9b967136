"""One statement, large and centred, with a bar of the brand's colour over it; the subtext stands small below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.card_text import Part, draw_parts, fitting, free_room, text_part
from services.composition.cards import Asked
from services.composition.executors.base import Patch
from services.composition.layout import Box
from services.composition.panels import plate

TITLE = "Statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    size_px: Annotated[float, Interval(ge=60, le=200), Unit("px")] = 118.0
    """Height of a Chinese character at a short side of 1080; smaller where the words need it."""


def draw(asked: Asked) -> Patch:
    theme, px = asked.theme, asked.theme.px
    free = free_room(asked.room, theme)
    box = Box(free.left + px(30), free.top, free.right - px(30), free.bottom)
    return draw_parts(fitting(lambda scale: _parts(asked, box, scale), box, f"{asked.field}/text"), box, theme).patch()


def _parts(asked: Asked, box: Box, scale: float) -> tuple[Part, ...]:
    theme, px, centre = asked.theme, asked.theme.px, box.centre[0]
    bar = Part(
        px(12), 0, lambda sheet, top: plate(sheet, Box(centre - px(48), top, centre + px(48), top + px(12)), theme.primary, radius=px(6))
    )
    words = text_part(
        asked.text, theme, box, size_px=asked.params.size_px, height=0.7 * box.height, above_px=40, scale=scale, field=f"{asked.field}/text"
    )
    below = text_part(
        asked.subtext,
        theme,
        box,
        size_px=52,
        height=0.25 * box.height,
        above_px=44,
        bold=False,
        most=3,
        opacity=0.86,
        scale=scale,
        field=f"{asked.field}/subtext",
    )
    return bar, words, below
