"""White type with a dark outline; the word that is spoken stands on a rounded ground of the brand's colour."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from services.composition.captions import PlacedWord
from services.composition.ink import Sheet
from services.composition.palette import INK, WHITE, text_on
from services.composition.text import Stroke, Type, set_text
from services.composition.theme import Theme

TITLE = "Pill"
GAP_EM = 0.16


def draw(sheet: Sheet, words: Sequence[PlacedWord], active: int, theme: Theme, type: Type) -> None:
    outline = Stroke(theme.px(13), INK.argb(0.94))
    for index, word in enumerate(words):
        if index != active:
            set_text(sheet.canvas, word.text, word.x, word.baseline, type, 0, outline)
    for index, word in enumerate(words):
        if index != active:
            set_text(sheet.canvas, word.text, word.x, word.baseline, type, WHITE.argb())
    word, em = words[active], type.size_px
    ground = skia.Rect.MakeLTRB(word.x - 0.16 * em, word.baseline - 0.98 * em, word.x + word.width + 0.16 * em, word.baseline + 0.24 * em)
    sheet.canvas.drawRoundRect(ground, 0.24 * em, 0.24 * em, skia.Paint(AntiAlias=True, Color=theme.primary.argb()))
    set_text(sheet.canvas, word.text, word.x, word.baseline, type, text_on(theme.primary).argb())
    sheet.lay_shadow(sigma_px=theme.px(9), strength=0.55, drop_px=theme.px(5))
