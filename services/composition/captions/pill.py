"""White type with a dark outline; the word that is spoken stands on a rounded ground of the brand's colour."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from services.composition.captions import OutlinedParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import box_of_word, letters, outline
from services.composition.palette import large_text_on

TITLE = "Pill"
GAP_EM = 0.16


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OutlinedParams):
    pass


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme = shown.theme
    ground, plain = theme.colour(params.highlight), theme.colour(params.colour).argb()
    others = [word for word in shown.words if word.index != shown.active]
    outline(sheet, others, theme.colour(params.stroke_colour), theme.px(params.stroke_px))
    letters(sheet, others, lambda word: plain)
    for word in shown.spoken:
        radius = 0.24 * word.type.size_px
        box = box_of_word(word, side_em=0.16, above_em=0.98, below_em=0.24)
        sheet.canvas.drawRoundRect(box, radius, radius, skia.Paint(AntiAlias=True, Color=ground.argb()))
    letters(sheet, shown.spoken, lambda word: large_text_on(ground).argb())
    sheet.lay_shadow(sigma_px=theme.px(9), strength=params.shadow, drop_px=theme.px(5))
