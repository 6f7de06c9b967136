"""No outline: white type on a wide, soft shadow, for calm pictures; the word that is spoken takes the brand's colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.captions import CaptionParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, readable

TITLE = "Soft shadow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CaptionParams):
    shadow: Annotated[float, Interval(ge=0.4, le=1)] = 0.9
    """Darkness of the shadow; below 0.4 white type is lost on white pictures."""
    softness_px: Annotated[float, Interval(ge=4, le=40), Unit("px")] = 16.0
    """Sigma of the wide shadow, at a short side of 1080."""


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme = shown.theme
    accent, plain = readable(theme, params.highlight), theme.colour(params.colour)
    letters(sheet, shown.words, lambda word: (accent if word.index == shown.active else plain).argb())
    sheet.lay_shadow(sigma_px=theme.px(4), strength=params.shadow, drop_px=theme.px(3))  # a firm one keeps the edges on white
    for _ in range(2):
        sheet.lay_shadow(sigma_px=theme.px(params.softness_px), strength=params.shadow, drop_px=theme.px(5))
