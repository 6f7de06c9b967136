"""Breaking text into lines: by word, with the marks that may not begin or end a line where Chinese typesetting wants them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

NO_START = "，。！？、；：）》〉”’」』】〕…—·,.!?;:)]}%％‰℃°"
"""May not begin a line (GB/T 15834 and W3C clreq)."""
NO_END = "（《〈“‘「『【〔([{¥$€£₩#＃"
"""May not end one."""
_PIECE = re.compile(r"[A-Za-z0-9À-ɏ][A-Za-z0-9À-ɏ.,'’+&/:%°-]*\s*|\s+|.", re.DOTALL)
SHRINK = 0.94
"""Steps in which type gets smaller until it fits."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the pieces lie: each line is a range of pieces."""

    size_px: float
    lines: tuple[tuple[int, int], ...]


def pieces(text: str) -> list[str]:
    """The parts of a text between which a line may break, before the rules for marks: a Chinese character each, Latin words whole."""
    joined: list[str] = []
    for piece in _PIECE.findall(text.strip()):
        if joined and not may_break(joined[-1], piece):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def may_break(before: str, after: str) -> bool:
    """Not before a closing mark, not after an opening one, not between a number and what it counts, not before a blank."""
    if not before or not after or after[0].isspace():
        return False
    if after[0] in NO_START or before.rstrip()[-1:] in NO_END:
        return False
    tight = not before[-1].isspace()
    return not (tight and before[-1].isdigit()) and not (tight and _latin(before[-1]) and _latin(after[0]))


def set_lines(words: Sequence[str], width_of: Callable[[str, float], float], *, size_px: float, limit_px: float, most: int = 2) -> Setting:
    """The largest type up to `size_px` at which the words fit into at most `most` even lines.

    `width_of(text, size)` measures. A word wider than the limit makes the type smaller rather than break.
    """
    size = size_px
    while True:
        widths = [width_of(word, size) for word in words]
        for count in range(1, most + 1):
            lines = _divide(words, widths, limit_px, count)
            if lines is not None:
                return Setting(size, lines)
        size *= SHRINK


def _divide(words: Sequence[str], widths: Sequence[float], limit_px: float, count: int) -> tuple[tuple[int, int], ...] | None:
    """`count` lines with the narrowest widest line; None where they do not fit. Of equal ones the later break wins: a long first line."""
    if count == 1:
        return ((0, len(words)),) if sum(widths) <= limit_px else None
    best: tuple[float, tuple[tuple[int, int], ...]] | None = None
    for at in range(1, len(words)):
        if not may_break(words[at - 1], words[at]) or sum(widths[:at]) > limit_px:
            continue
        rest = _divide(words[at:], widths[at:], limit_px, count - 1)
        if rest is None:
            continue
        lines = ((0, at), *((start + at, end + at) for start, end in rest))
        widest = max(sum(widths[start:end]) for start, end in lines)
        if best is None or widest <= best[0]:
            best = (widest, lines)
    return None if best is None else best[1]


def _latin(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"
