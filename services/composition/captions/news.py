"""A news strap: lines at the left on a dark band from edge to edge of the safe area, with a bar of the brand's colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import skia
from annotated_types import Interval, Unit

from libs.common.media.captions import Anchor
from services.composition.bidi import runs_left
from services.composition.captions import CaptionParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, readable
from services.composition.palette import ColourName
from services.composition.placing import PlacedWord, place_lines
from services.composition.theme import Theme

TITLE = "News strap"
WHOLE_WIDTH = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(CaptionParams):
    size_px: Annotated[float, Interval(ge=36, le=150), Unit("px")] = 66.0
    """Height of a Chinese character at a short side of 1080; smaller where the words need it."""
    ground: ColourName = "secondary"
    """Of the band."""
    opacity: Annotated[float, Interval(ge=0.4, le=1)] = 0.9
    """Of the band."""


def place(texts: Sequence[str], params: Params, theme: Theme, anchor: Anchor) -> tuple[PlacedWord, ...]:
    return place_lines(texts, theme, anchor, size_px=params.size_px, lift_px=params.lift_px + 22, align="left")


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme, em, layout = shown.theme, shown.em, shown.theme.layout
    ground = theme.colour(params.ground)
    pad = theme.px(34)
    left, right = layout.caption_left - pad, layout.caption_right + pad
    band = skia.Rect.MakeLTRB(left, shown.words[0].baseline - 1.12 * em, right, shown.words[-1].baseline + 0.42 * em)
    sheet.canvas.drawRect(band, skia.Paint(AntiAlias=True, Color=ground.argb(params.opacity)))
    bar_left = right - theme.px(12) if runs_left("".join(word.text for word in shown.words)) else left
    bar = skia.Rect.MakeXYWH(bar_left, band.top(), theme.px(12), band.height())
    sheet.canvas.drawRect(bar, skia.Paint(AntiAlias=True, Color=theme.colour(params.highlight).argb()))
    accent, plain = readable(theme, params.highlight, ground, 4.5), readable(theme, params.colour, ground, 4.5)
    letters(sheet, shown.words, lambda word: (accent if word.index == shown.active else plain).argb())
