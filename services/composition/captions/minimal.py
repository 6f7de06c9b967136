"""Small and quiet: words come from half to full strength as they are spoken, on a fine shadow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.captions import CaptionParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, outline
from services.composition.palette import INK, ColourName

TITLE = "Minimal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CaptionParams):
    size_px: Annotated[float, Interval(ge=36, le=150), Unit("px")] = 56.0
    """Height of a Chinese character at a short side of 1080; smaller where the words need it."""
    highlight: ColourName = "white"
    """Of the words that were spoken."""
    waiting: Annotated[float, Interval(ge=0.3, le=1)] = 0.62
    """Strength of the words that come."""


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme = shown.theme
    plain, spoken = theme.colour(params.colour), theme.colour(params.highlight)
    waiting = plain.towards(INK, 1 - params.waiting)
    outline(sheet, shown.words, INK, theme.px(6), 0.8)
    letters(sheet, shown.words, lambda word: (spoken if word.index <= shown.active else waiting).argb())
    sheet.lay_shadow(sigma_px=theme.px(7), strength=0.75, drop_px=theme.px(2))
