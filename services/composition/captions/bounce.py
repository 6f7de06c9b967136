"""The word that is spoken hops, in the brand's colour; for lively videos."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Annotated

from annotated_types import Interval

from services.composition.captions import OutlinedParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, outline, readable

TITLE = "Bounce"
GAP_EM = 0.04
MOVES_S = 0.24


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OutlinedParams):
    height: Annotated[float, Interval(ge=0.05, le=0.6)] = 0.3
    """Of the hop, in sizes of the type."""


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme = shown.theme
    accent, plain = readable(theme, params.highlight), theme.colour(params.colour)
    up = params.height * math.sin(math.pi * shown.arrived) * (1 - 0.4 * shown.arrived)
    words = [replace(word, baseline=word.baseline - up * word.type.size_px) if word.index == shown.active else word for word in shown.words]
    outline(sheet, words, theme.colour(params.stroke_colour), theme.px(params.stroke_px))
    letters(sheet, words, lambda word: (accent if word.index == shown.active else plain).argb())
    sheet.lay_shadow(sigma_px=theme.px(9), strength=params.shadow, drop_px=theme.px(5))
