"""White type with a dark outline; the words turn to the brand's colour as they are spoken."""

from __future__ import annotations

from collections.abc import Sequence

from services.composition.captions import PlacedWord
from services.composition.ink import Sheet
from services.composition.palette import INK, WHITE, accent_on
from services.composition.text import Stroke, Type, set_text
from services.composition.theme import Theme

TITLE = "Karaoke"
GAP_EM = 0.0


def draw_words(sheet: Sheet, words: Sequence[PlacedWord], spoken: set[int], theme: Theme, type: Type) -> None:
    outline = Stroke(theme.px(13), INK.argb(0.94))
    accent = accent_on(INK, theme.primary, least=6)
    for word in words:  # all outlines first: they must not lie over a neighbour
        set_text(sheet.canvas, word.text, word.x, word.baseline, type, 0, outline)
    for index, word in enumerate(words):
        colour = accent if index in spoken else WHITE
        set_text(sheet.canvas, word.text, word.x, word.baseline, type, colour.argb())
    sheet.lay_shadow(sigma_px=theme.px(9), strength=0.55, drop_px=theme.px(5))


def draw(sheet: Sheet, words: Sequence[PlacedWord], active: int, theme: Theme, type: Type) -> None:
    draw_words(sheet, words, set(range(active + 1)), theme, type)
