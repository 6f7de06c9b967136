"""Glowing tubes: the words light up in the brand's colour as they are spoken. Best over dark pictures; a dark halo keeps it readable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from services.composition.captions import CaptionParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, outline, readable
from services.composition.palette import INK, WHITE

TITLE = "Neon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CaptionParams):
    glow: Annotated[float, Interval(ge=0, le=1)] = 0.9
    """Strength of the light around the letters."""
    halo: Annotated[float, Interval(ge=0, le=1)] = 0.6
    """Darkness behind the light."""


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme = shown.theme
    tube = readable(theme, params.highlight, INK, 4.0)
    lit = [word for word in shown.words if word.index <= shown.active]
    dark = [word for word in shown.words if word.index > shown.active]
    outline(sheet, shown.words, INK, theme.px(18), 0.5 + 0.4 * params.halo)  # a board behind the tubes: on white they are nothing
    outline(sheet, lit, tube, theme.px(7), 1.0)
    letters(sheet, lit, lambda word: WHITE.towards(tube, 0.12).argb())
    if params.glow:
        sheet.lay_shadow(sigma_px=theme.px(5), strength=params.glow, drop_px=0, colour=tube)
        sheet.lay_shadow(sigma_px=theme.px(16), strength=params.glow, drop_px=0, colour=tube)
    letters(sheet, dark, lambda word: theme.colour(params.colour).towards(INK, 0.18).argb())
    sheet.lay_shadow(sigma_px=theme.px(20), strength=params.halo, drop_px=0)
