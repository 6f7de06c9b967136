"""White type with a dark outline; the words turn to the brand's colour as they are spoken."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.captions import OutlinedParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, outline, readable

TITLE = "Karaoke"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OutlinedParams):
    pass


def draw(sheet: Sheet, shown: Shown, params: OutlinedParams) -> None:
    theme = shown.theme
    accent, plain = readable(theme, params.highlight), theme.colour(params.colour)
    outline(sheet, shown.words, theme.colour(params.stroke_colour), theme.px(params.stroke_px))
    letters(sheet, shown.words, lambda word: (accent if word.index <= shown.active else plain).argb())
    sheet.lay_shadow(sigma_px=theme.px(9), strength=params.shadow, drop_px=theme.px(5))
