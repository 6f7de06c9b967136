"""A calm dark box behind the lines, for news and lessons; the word that is spoken takes the brand's colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import skia
from annotated_types import Interval

from services.composition.captions import CaptionParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, readable
from services.composition.palette import ColourName, text_on

TITLE = "Box"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CaptionParams):
    ground: ColourName = "ink"
    """Of the box. Words that could not be read on it become white or ink."""
    opacity: Annotated[float, Interval(ge=0.3, le=1)] = 0.74
    """Of the box."""


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme, em = shown.theme, shown.em
    ground = theme.colour(params.ground)
    left, right = min(w.x for w in shown.words) - 0.36 * em, max(w.x + w.width for w in shown.words) + 0.36 * em
    box = skia.Rect.MakeLTRB(left, shown.words[0].baseline - 1.08 * em, right, shown.words[-1].baseline + 0.36 * em)
    sheet.canvas.drawRoundRect(box, 0.28 * em, 0.28 * em, skia.Paint(AntiAlias=True, Color=ground.argb(params.opacity)))
    accent, plain = readable(theme, params.highlight, ground), readable(theme, params.colour, ground, 4.5)
    if accent == plain:
        accent = text_on(ground)
    letters(sheet, shown.words, lambda word: (accent if word.index == shown.active else plain).argb())
