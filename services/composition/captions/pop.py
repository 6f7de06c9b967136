"""Word by word: each springs up as it is spoken and stays; the newest has the brand's colour."""

from __future__ import annotations

import math
from dataclasses import dataclass

from services.composition.captions import OutlinedParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, outline, readable

TITLE = "Word pop"
MOVES_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OutlinedParams):
    pass


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme = shown.theme
    accent, plain = readable(theme, params.highlight), theme.colour(params.colour)
    stroke, width = theme.colour(params.stroke_colour), theme.px(params.stroke_px)
    done = [word for word in shown.words if word.index < shown.active]
    outline(sheet, done, stroke, width)
    letters(sheet, done, lambda word: plain.argb())
    scale = _sprung(shown.arrived)
    for word in shown.spoken:
        x, y = word.x + word.width / 2, word.baseline - 0.34 * word.type.size_px
        sheet.canvas.save()
        sheet.canvas.translate(x, y)
        sheet.canvas.scale(scale, scale)
        sheet.canvas.translate(-x, -y)
        outline(sheet, [word], stroke, width)
        letters(sheet, [word], lambda word: accent.argb())
        sheet.canvas.restore()
    sheet.lay_shadow(sigma_px=theme.px(9), strength=params.shadow, drop_px=theme.px(5))


def _sprung(arrived: float) -> float:
    """From half size over a little too large to 1."""
    return 1.0 if arrived >= 1 else 0.5 + 0.5 * arrived + 0.28 * math.sin(math.pi * arrived)
