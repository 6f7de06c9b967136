"""Letters filled from white down to the brand's colour, on a dark outline; what is not spoken yet is filled with silver."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition.captions import OutlinedParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import gradient, letters, outline, readable
from services.composition.palette import WHITE, Colour

TITLE = "Gradient"
SILVER = Colour(176, 182, 194)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OutlinedParams):
    pass


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme = shown.theme
    accent, plain = readable(theme, params.highlight, least=4.0), theme.colour(params.colour)
    outline(sheet, shown.words, theme.colour(params.stroke_colour), theme.px(params.stroke_px))
    letters(
        sheet,
        shown.words,
        lambda word: gradient(word, accent.towards(WHITE, 0.75), accent) if word.index <= shown.active else gradient(word, plain, SILVER),
    )
    sheet.lay_shadow(sigma_px=theme.px(10), strength=params.shadow, drop_px=theme.px(6))
