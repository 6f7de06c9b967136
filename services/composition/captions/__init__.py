"""Caption styles: one file each, found by itself.

A file has `TITLE`, `GAP_EM` (room between words that no blank parts) and `draw(sheet, words, active, theme, type)`: it gets the words where
they stand and draws them; `active` is the index of the word that is spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from libs.common.media.captions import Caption
from libs.common.media.errors import InvalidInput
from services.composition.executors.base import Patch
from services.composition.ink import Sheet
from services.composition.lines import set_lines
from services.composition.plugins import Plugin, discover
from services.composition.text import Type, width_of
from services.composition.theme import Theme

SIZE_PX = 80.0
"""At a short side of 1080."""
LINE_HEIGHT = 1.34
DESCENT_EM = 0.2
"""From the baseline to the lower edge of a Chinese character and its outline."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    text: str
    x: float
    baseline: float
    width: float
    line: int


def draw_caption(caption: Caption, active: int, style: str, theme: Theme) -> Patch:
    """The ink of a caption while word `active` is spoken. Raises InvalidInput for a style that the catalogue does not have."""
    if style not in CATALOGUE:
        raise InvalidInput(
            f"unknown caption style {style!r}; there are: {', '.join(CATALOGUE)}", code="cut.unknown_style", field="/caption_style"
        )
    module = CATALOGUE[style].module
    type, words = place_words([word.text for word in caption.words], theme, module.GAP_EM)
    margin = round(theme.px(60))
    left, right = min(w.x for w in words), max(w.x + w.width for w in words)
    top = words[0].baseline - type.size_px
    bottom = words[-1].baseline + DESCENT_EM * type.size_px
    sheet = Sheet(round(left) - margin, round(top) - margin, round(right - left) + 2 * margin, round(bottom - top) + 2 * margin)
    module.draw(sheet, words, active, theme, type)
    return sheet.patch()


def place_words(texts: Sequence[str], theme: Theme, gap_em: float = 0.0) -> tuple[Type, list[PlacedWord]]:
    """Up to two even, centred lines that end at the caption's lower edge."""
    layout = theme.layout
    plain = Type(theme.px(SIZE_PX), theme.language)
    setting = set_lines(
        texts,
        lambda text, size: width_of(text, replace(plain, size_px=size)) + _gap(text, gap_em, size),
        size_px=plain.size_px,
        limit_px=layout.caption_right - layout.caption_left,
    )
    type = replace(plain, size_px=setting.size_px)
    words = []
    for number, (start, end) in enumerate(setting.lines):
        line = [*texts[start : end - 1], texts[end - 1].rstrip()]
        baseline = layout.caption_bottom - DESCENT_EM * type.size_px - (len(setting.lines) - 1 - number) * LINE_HEIGHT * type.size_px
        advances = [width_of(text, type) + _gap(text, gap_em, type.size_px) for text in line]
        advances[-1] -= _gap(line[-1], gap_em, type.size_px)
        x = (layout.caption_left + layout.caption_right - sum(advances)) / 2
        for text, advance in zip(line, advances, strict=True):
            words.append(PlacedWord(text, x, baseline, width_of(text.rstrip(), type), number))
            x += advance
    return type, words


def _gap(text: str, gap_em: float, size_px: float) -> float:
    return 0.0 if text != text.rstrip() else gap_em * size_px


CATALOGUE: dict[str, Plugin] = discover(__name__, __path__)
"""By name."""
