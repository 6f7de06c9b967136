"""White type with a dark outline, without a highlight."""

from __future__ import annotations

from collections.abc import Sequence

from services.composition.captions import PlacedWord
from services.composition.captions.karaoke import draw_words
from services.composition.ink import Sheet
from services.composition.text import Type
from services.composition.theme import Theme

TITLE = "Plain"
GAP_EM = 0.0


def draw(sheet: Sheet, words: Sequence[PlacedWord], active: int, theme: Theme, type: Type) -> None:
    draw_words(sheet, words, set(), theme, type)
