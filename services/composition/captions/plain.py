"""White type with a dark outline, without a highlight."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.captions import OutlinedParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, outline

TITLE = "Plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OutlinedParams):
    pass


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme, plain = shown.theme, shown.theme.colour(params.colour).argb()
    outline(sheet, shown.words, theme.colour(params.stroke_colour), theme.px(params.stroke_px))
    letters(sheet, shown.words, lambda word: plain)
    sheet.lay_shadow(sigma_px=theme.px(9), strength=params.shadow, drop_px=theme.px(5))
