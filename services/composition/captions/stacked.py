"""A poster of two sizes: one line long and small, the other short and huge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from annotated_types import Interval, Unit

from libs.common.media.captions import Anchor
from services.composition.captions import OutlinedParams, Shown
from services.composition.ink import Sheet
from services.composition.lettering import letters, outline, readable
from services.composition.lines import may_break
from services.composition.placing import ASCENT_EM, DESCENT_EM, PlacedWord, place_lines, top_of
from services.composition.text import Type, width_of
from services.composition.theme import Theme

TITLE = "Stacked"
SMALL, LARGE = 0.72, 1.4
"""Least and largest size of a line, of the usual one."""
LEADING_EM = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OutlinedParams):
    size_px: Annotated[float, Interval(ge=36, le=150), Unit("px")] = 84.0
    """Height of a Chinese character at a short side of 1080, between the two sizes of the lines."""


def place(texts: Sequence[str], params: Params, theme: Theme, anchor: Anchor) -> tuple[PlacedWord, ...]:
    """Two lines of unlike length, both scaled towards the same width; a caption that cannot be divided stays as it is."""
    type = Type(theme.px(params.size_px), theme.language)
    width = theme.layout.caption_right - theme.layout.caption_left
    at = _unlike(texts, type)
    fits = [min(1.0, 0.98 * width / max(1.0, sum(width_of(text, type) for text in part))) for part in (texts[:at], texts[at:])]
    if not at or min(fits) < SMALL:
        return place_lines(texts, theme, anchor, size_px=params.size_px, lift_px=params.lift_px)
    halves = [
        place_lines(part, theme, anchor, size_px=params.size_px * fit) for part, fit in zip((texts[:at], texts[at:]), fits, strict=True)
    ]
    halves[1] = tuple(replace(word, index=word.index + at) for word in halves[1])
    middle = (theme.layout.caption_left + theme.layout.caption_right) / 2
    room, em = float(width), theme.px(params.size_px)
    widths = [_width(half) for half in halves]
    own = [half[0].type.size_px for half in halves]
    goal = min(room, SMALL * max(widths))
    scales = [min(room / long, max(SMALL * em / size, min(LARGE * em / size, goal / long))) for size, long in zip(own, widths, strict=True)]
    sizes = [size * scale for size, scale in zip(own, scales, strict=True)]
    height = sum(sizes) * (ASCENT_EM + DESCENT_EM) + LEADING_EM * em
    top = top_of(height, theme, anchor, params.lift_px)
    found: list[PlacedWord] = []
    for number, (half, size) in enumerate(zip(halves, sizes, strict=True)):
        scale = size / half[0].type.size_px
        first = min(word.x for word in half)
        for word in half:
            x = middle + (word.x - first - _width(half) / 2) * scale
            type = replace(word.type, size_px=size)
            found.append(replace(word, x=x, baseline=top + ASCENT_EM * size, width=word.width * scale, line=number, type=type))
        top += (ASCENT_EM + DESCENT_EM) * size + LEADING_EM * em
    return tuple(found)


def draw(sheet: Sheet, shown: Shown, params: Params) -> None:
    theme = shown.theme
    accent, plain = readable(theme, params.highlight), theme.colour(params.colour)
    outline(sheet, shown.words, theme.colour(params.stroke_colour), theme.px(params.stroke_px))
    letters(sheet, shown.words, lambda word: (accent if word.index == shown.active else plain).argb())
    sheet.lay_shadow(sigma_px=theme.px(10), strength=params.shadow, drop_px=theme.px(6))


def _unlike(texts: Sequence[str], type: Type) -> int:
    """Where the second line begins: the shorter line is about half as long as the other. 0 where no line may break."""
    widths = [width_of(text, type) for text in texts]
    places = [at for at in range(1, len(texts)) if may_break(texts[at - 1], texts[at])]

    def miss(at: int) -> float:
        one, other = sorted((sum(widths[:at]), sum(widths[at:])))
        return abs(one / max(1.0, other) - SMALL / LARGE)

    return min(places, key=miss, default=0)


def _width(line: Sequence[PlacedWord]) -> float:
    return max(word.x + word.width for word in line) - min(word.x for word in line)
