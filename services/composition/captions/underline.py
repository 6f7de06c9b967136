"""A thick line of the brand's colour runs from word to word below white type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import skia
from annotated_types import Interval, Unit

from services.composition.captions import OutlinedParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, outline
from services.composition.placing import PlacedWord
from services.composition.transitions import settle

TITLE = "Underline"
GAP_EM = 0.05
MOVES_S = 0.17


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OutlinedParams):
    stroke_px: Annotated[float, Interval(ge=0, le=40), Unit("px")] = 11.0
    """Width of the outline, half of it outside the letters, at a short side of 1080."""
    line_px: Annotated[float, Interval(ge=4, le=40), Unit("px")] = 14.0
    """Thickness of the line, at a short side of 1080."""


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme, em = shown.theme, shown.em
    plain = theme.colour(params.colour).argb()
    paint = skia.Paint(AntiAlias=True, Color=theme.colour(params.highlight).argb())
    thick = theme.px(params.line_px)
    for left, right, baseline in _spans(shown):
        bar = skia.Rect.MakeLTRB(left, baseline + 0.2 * em, right, baseline + 0.2 * em + thick)
        sheet.canvas.drawRoundRect(bar, thick / 2, thick / 2, paint)
    outline(sheet, shown.words, theme.colour(params.stroke_colour), theme.px(params.stroke_px))
    letters(sheet, shown.words, lambda word: plain)
    sheet.lay_shadow(sigma_px=theme.px(9), strength=params.shadow, drop_px=theme.px(5))


def _spans(shown: Shown) -> list[tuple[float, float, float]]:
    """Left, right and baseline of what is underlined. The line runs over from the word before where that stands on the same line."""
    spoken = shown.spoken
    before = [word for word in shown.words if word.index == shown.active - 1]
    at = settle(shown.arrived)
    if len(spoken) == 1 and before and before[-1].line == spoken[0].line:
        return [_between(before[-1], spoken[0], at)]
    return [(word.x, word.x + word.width * at, word.baseline) for word in spoken]


def _between(one: PlacedWord, other: PlacedWord, at: float) -> tuple[float, float, float]:
    ends = ((one.x, other.x), (one.x + one.width, other.x + other.width))
    left, right = (start + (stop - start) * at for start, stop in ends)
    return left, right, other.baseline
