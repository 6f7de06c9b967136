"""A calm dark box behind the lines, for news and lessons; the word that is spoken takes the brand's colour."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from services.composition.captions import PlacedWord
from services.composition.ink import Sheet
from services.composition.palette import INK, WHITE, accent_on
from services.composition.text import Type, set_text
from services.composition.theme import Theme

TITLE = "Box"
GAP_EM = 0.0


def draw(sheet: Sheet, words: Sequence[PlacedWord], active: int, theme: Theme, type: Type) -> None:
    em = type.size_px
    left, right = min(w.x for w in words) - 0.36 * em, max(w.x + w.width for w in words) + 0.36 * em
    box = skia.Rect.MakeLTRB(left, words[0].baseline - 1.08 * em, right, words[-1].baseline + 0.36 * em)
    sheet.canvas.drawRoundRect(box, 0.28 * em, 0.28 * em, skia.Paint(AntiAlias=True, Color=INK.argb(0.74)))
    accent = accent_on(INK, theme.primary, least=6)
    for index, word in enumerate(words):
        set_text(sheet.canvas, word.text, word.x, word.baseline, type, (accent if index == active else WHITE).argb())
