"""Where the words of a caption stand: even lines in the caption's room, in the order in which their script is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from libs.common.media.captions import Anchor
from libs.common.media.errors import InvalidInput
from services.composition.bidi import runs_left, visual_order
from services.composition.layout import Box
from services.composition.lines import Setting, may_break, pieces, set_lines
from services.composition.text import Type, width_of
from services.composition.theme import Theme

LINE_HEIGHT = 1.34
DESCENT_EM = 0.2
"""From the baseline to the lower edge of a Chinese character and its outline."""
ASCENT_EM = 0.9
TWO_LINES_DOWN_TO = 0.6
"""Of the size: below it more lines are better than smaller type."""
MOST_LINES = 4
LEAST_PX = 36.0
"""At a short side of 1080: smaller captions are not read on a phone."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    text: str
    x: float
    baseline: float
    width: float
    line: int
    index: int
    """Of the caption's word; the parts of a broken word share it."""
    type: Type

    @property
    def top(self) -> float:
        return self.baseline - ASCENT_EM * self.type.size_px

    @property
    def bottom(self) -> float:
        return self.baseline + DESCENT_EM * self.type.size_px


@dataclass(frozen=True, slots=True)
class _Parts:
    """Words made ready for lines: those that are wider than a line at the least size are broken."""

    texts: tuple[str, ...]
    owners: tuple[int, ...]
    breaks: tuple[bool, ...]


def place_lines(
    texts: Sequence[str],
    theme: Theme,
    anchor: Anchor,
    *,
    size_px: float,
    lift_px: float = 0.0,
    gap_em: float = 0.0,
    align: Literal["left", "centre"] = "centre",
) -> tuple[PlacedWord, ...]:
    """Up to two even lines, up to four where the type gets small, inside the safe area. `size_px`, `lift_px` at a short side of 1080.
    Raises InvalidInput (`edit.text_too_long`)."""
    layout = theme.layout
    room = Box(layout.caption_left, layout.top, layout.caption_right, layout.bottom)
    plain = Type(theme.px(size_px), theme.language)
    least_px = theme.px(LEAST_PX)
    parts = _parts(texts, replace(plain, size_px=least_px), 0.97 * room.width)  # hinted widths do not quite grow with the size
    setting = _set(parts, plain, gap_em, room.width, least_px)
    type = replace(plain, size_px=setting.size_px)
    height = ((len(setting.lines) - 1) * LINE_HEIGHT + ASCENT_EM + DESCENT_EM) * type.size_px
    top = top_of(height, theme, anchor, lift_px)
    leftwards = runs_left("".join(texts))
    words: list[PlacedWord] = []
    for number, (start, end) in enumerate(setting.lines):
        baseline = top + (ASCENT_EM + number * LINE_HEIGHT) * type.size_px
        words += _line(parts, range(start, end), type, gap_em, room, baseline, number, leftwards=leftwards, align=align)
    return tuple(words)


def top_of(height: float, theme: Theme, anchor: Anchor, lift_px: float) -> float:
    """Where a block of this height begins: at its anchor, lifted, never outside the safe area."""
    layout = theme.layout
    band = layout.caption_band(anchor)
    top = {Anchor.bottom: band.bottom - height, Anchor.middle: (band.top + band.bottom - height) / 2, Anchor.top: band.top}[anchor]
    return max(layout.top, min(top - theme.px(lift_px), layout.bottom - height))


def _set(parts: _Parts, type: Type, gap_em: float, limit_px: float, least_px: float) -> Setting:
    def measure(text: str, size: float) -> float:
        return (width_of(text, type) / type.size_px + _gap_em(text, gap_em)) * size

    few = max(least_px, TWO_LINES_DOWN_TO * type.size_px)
    size = max(type.size_px, least_px)
    try:
        return set_lines(parts.texts, measure, size_px=size, limit_px=limit_px, least_px=few, breaks=parts.breaks)
    except InvalidInput:
        return set_lines(parts.texts, measure, size_px=few, limit_px=limit_px, most=MOST_LINES, least_px=least_px, breaks=parts.breaks)


def _line(
    parts: _Parts, part: range, type: Type, gap_em: float, room: Box, baseline: float, line: int, *, leftwards: bool, align: str
) -> list[PlacedWord]:
    """Blanks lie between words, whichever way they run, and not at the ends."""
    order = [part[at] for at in visual_order([parts.texts[n] for n in part], leftwards=leftwards)]
    bare = [width_of(parts.texts[n].strip(), type) for n in order]
    gaps = [_between(parts, one, other, type, gap_em) for one, other in pairwise(order)] + [0.0]
    free = room.width - sum(bare) - sum(gaps)
    x = room.left + free * (0.5 if align == "centre" else float(leftwards))
    words = []
    for number, width, gap in zip(order, bare, gaps, strict=True):
        words.append(PlacedWord(parts.texts[number].strip(), x, baseline, width, line, parts.owners[number], type))
        x += width + gap
    return sorted(words, key=lambda word: word.index)


def _between(parts: _Parts, one: int, other: int, type: Type, gap_em: float) -> float:
    """The blank after the earlier word, by the order in which they are read, or before the later one."""
    first, second = parts.texts[min(one, other)], parts.texts[max(one, other)]
    blanks = (len(first) - len(first.rstrip())) + (len(second) - len(second.lstrip()))
    if blanks:
        return width_of(" " * blanks, type)
    return 0.0 if parts.owners[one] == parts.owners[other] else gap_em * type.size_px


def _gap_em(text: str, gap_em: float) -> float:
    return 0.0 if text != text.rstrip() else gap_em


def _parts(texts: Sequence[str], smallest: Type, limit_px: float) -> _Parts:
    found: list[str] = []
    owners: list[int] = []
    breaks: list[bool] = []
    for index, text in enumerate(texts):
        split = [text] if width_of(text.rstrip(), smallest) <= limit_px else _broken(text, smallest, limit_px)
        for number, part in enumerate(split):
            found.append(part)
            owners.append(index)
            breaks.append(number > 0 or (index > 0 and may_break(texts[index - 1], text)))
    return _Parts(tuple(found), tuple(owners), tuple(breaks))


def _broken(text: str, smallest: Type, limit_px: float) -> list[str]:
    """A word that no line can hold, as a long address: at its own places first, then wherever a line is full."""
    parts = [""]
    for piece in pieces(text):
        for char in [piece] if width_of(piece, smallest) <= limit_px else list(piece):
            if parts[-1] and width_of(parts[-1] + char, smallest) > limit_px:
                parts.append("")
            parts[-1] += char
    return parts
