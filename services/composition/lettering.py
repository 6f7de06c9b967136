"""What caption styles share: outlines below, letters above, in the order that keeps neighbours whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import skia

from services.composition.ink import Sheet
from services.composition.palette import INK, Colour, accent_on, contrast
from services.composition.placing import PlacedWord
from services.composition.text import Stroke, set_text
from services.composition.theme import Theme


def outline(sheet: Sheet, words: Iterable[PlacedWord], colour: Colour, width_px: float, opacity: float = 0.94) -> None:
    """All outlines before any letters: they must not lie over a neighbour."""
    for word in words:
        set_text(sheet.canvas, word.text, word.x, word.baseline, word.type, 0, Stroke(width_px, colour.argb(opacity)))


def letters(sheet: Sheet, words: Iterable[PlacedWord], fill: Callable[[PlacedWord], int | skia.Paint]) -> None:
    for word in words:
        set_text(sheet.canvas, word.text, word.x, word.baseline, word.type, fill(word))


def readable(theme: Theme, colour: str, ground: Colour = INK, least: float = 6.0) -> Colour:
    """The colour of that name, moved until it can be read on the ground."""
    return accent_on(ground, theme.colour(colour), least=least)


def against(colour: Colour) -> Colour:
    """The outline that sets the colour off: ink, unless the colour is dark itself."""
    return INK if contrast(colour, INK) >= 3 else Colour(255, 255, 255)


def box_of_word(word: PlacedWord, *, side_em: float, above_em: float, below_em: float) -> skia.Rect:
    em = word.type.size_px
    return skia.Rect.MakeLTRB(
        word.x - side_em * em, word.baseline - above_em * em, word.x + word.width + side_em * em, word.baseline + below_em * em
    )


def gradient(word: PlacedWord, top: Colour, bottom: Colour) -> skia.Paint:
    """From the top of the letters to their feet."""
    em = word.type.size_px
    shader = skia.GradientShader.MakeLinear(
        points=[(0, word.baseline - 0.82 * em), (0, word.baseline + 0.08 * em)], colors=[top.argb(), bottom.argb()]
    )
    return skia.Paint(AntiAlias=True, Shader=shader)
