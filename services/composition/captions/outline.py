"""Heavy outlines in two rings, as on a magazine's cover; the word that is spoken takes the brand's colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from libs.common.media.captions import Anchor
from services.composition.captions import OutlinedParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, outline, readable
from services.composition.palette import ColourName
from services.composition.placing import PlacedWord, place_lines
from services.composition.theme import Theme

TITLE = "Heavy outline"
ROOM_PX = 8.0
"""What every caption has for its outline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OutlinedParams):
    size_px: Annotated[float, Interval(ge=36, le=150), Unit("px")] = 88.0
    """Height of a Chinese character at a short side of 1080; smaller where the words need it."""
    stroke_px: Annotated[float, Interval(ge=0, le=40), Unit("px")] = 22.0
    """Width of the inner outline, half of it outside the letters, at a short side of 1080."""
    ring_px: Annotated[float, Interval(ge=0, le=30), Unit("px")] = 9.0
    """Width of the outer ring, at a short side of 1080; 0 for none."""
    ring_colour: ColourName = "white"
    """Of the outer ring."""
    shadow: Annotated[float, Interval(ge=0, le=1)] = 0.4
    """Darkness of the soft shadow below, 0..1."""


def place(texts: Sequence[str], params: Params, theme: Theme, anchor: Anchor) -> tuple[PlacedWord, ...]:
    """As usual, but with room for the rings."""
    ring_px = max(0.0, params.stroke_px / 2 + params.ring_px - ROOM_PX)
    return place_lines(texts, theme, anchor, size_px=params.size_px, lift_px=params.lift_px + ring_px)


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme = shown.theme
    accent, plain = readable(theme, params.highlight), theme.colour(params.colour)
    if params.ring_px:
        outline(sheet, shown.words, theme.colour(params.ring_colour), theme.px(params.stroke_px + 2 * params.ring_px), 1.0)
    outline(sheet, shown.words, theme.colour(params.stroke_colour), theme.px(params.stroke_px), 1.0)
    letters(sheet, shown.words, lambda word: (accent if word.index == shown.active else plain).argb())
    sheet.lay_shadow(sigma_px=theme.px(12), strength=params.shadow, drop_px=theme.px(8))
