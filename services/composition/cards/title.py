"""An opening: a small line in the brand's colour, the title huge at the left below a rule, the subtext under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Len, Unit

from services.composition.bidi import runs_left
from services.composition.card_text import Part, accent, draw_parts, fitting, free_room, text_part
from services.composition.cards import Asked
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.layout import Box
from services.composition.panels import plate

TITLE = "Title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    kicker: Annotated[str, Len(0, 60)] = ""
    """The small line over the title: a series, a brand, a date."""
    size_px: Annotated[float, Interval(ge=60, le=240), Unit("px")] = 138.0
    """Height of a Chinese character of the title at a short side of 1080; smaller where the words need it."""


def draw(asked: Asked) -> Patch:
    theme, px = asked.theme, asked.theme.px
    free = free_room(asked.room, theme)
    box = Box(free.left + px(20), free.top, free.right - px(20), free.bottom)

    return draw_parts(fitting(lambda scale: _parts(asked, box, scale), box, f"{asked.field}/text"), box, theme).patch()


def _parts(asked: Asked, box: Box, scale: float) -> tuple[Part, ...]:
    theme, px = asked.theme, asked.theme.px

    def rule(sheet: Sheet, top: float) -> None:
        left = box.right - px(150) if runs_left(asked.text) else box.left
        plate(sheet, Box(left, top, left + px(150), top + px(14)), theme.primary, radius=px(7))

    kicker = text_part(
        asked.params.kicker,
        theme,
        box,
        size_px=50,
        height=px(80),
        most=1,
        align="left",
        colour=accent(theme),
        scale=scale,
        field=f"{asked.field}/params/kicker",
    )
    words = text_part(
        asked.text,
        theme,
        box,
        size_px=asked.params.size_px,
        height=0.62 * box.height,
        above_px=44,
        align="left",
        line_height=1.22,
        scale=scale,
        field=f"{asked.field}/text",
    )
    below = text_part(
        asked.subtext,
        theme,
        box,
        size_px=54,
        height=0.25 * box.height,
        above_px=40,
        bold=False,
        most=3,
        align="left",
        opacity=0.86,
        scale=scale,
        field=f"{asked.field}/subtext",
    )
    return kicker, Part(px(14), px(30 * scale), rule), words, below
