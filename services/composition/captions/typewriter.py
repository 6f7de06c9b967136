"""The words are typed as they are spoken, letter by letter, with a cursor of the brand's colour."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import skia

from services.composition.bidi import runs_left
from services.composition.captions import OutlinedParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, outline
from services.composition.lines import clusters
from services.composition.placing import PlacedWord
from services.composition.text import width_of

TITLE = "Typewriter"
MOVES_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OutlinedParams):
    pass


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme = shown.theme
    done = [word for word in shown.words if word.index < shown.active]
    typed = [part for word in shown.spoken if (part := _typed(word, shown.arrived)).text]
    plain = theme.colour(params.colour).argb()
    outline(sheet, [*done, *typed], theme.colour(params.stroke_colour), theme.px(params.stroke_px))
    letters(sheet, [*done, *typed], lambda word: plain)
    if typed:
        last, em = typed[-1], typed[-1].type.size_px
        x = last.x - 0.14 * em if runs_left(last.text) else last.x + last.width + 0.06 * em
        cursor = skia.Rect.MakeXYWH(x, last.baseline - 0.82 * em, 0.09 * em, 0.96 * em)
        sheet.canvas.drawRect(cursor, skia.Paint(AntiAlias=True, Color=theme.colour(params.highlight).argb()))
    sheet.lay_shadow(sigma_px=theme.px(9), strength=params.shadow, drop_px=theme.px(5))


def _typed(word: PlacedWord, arrived: float) -> PlacedWord:
    """The first letters. Whole characters only, and a script that joins its letters comes as a word."""
    if runs_left(word.text):
        return word
    parts = clusters(word.text)
    text = "".join(parts[: max(1, math.ceil(len(parts) * arrived))])
    return replace(word, text=text, width=width_of(text, word.type))
