"""Which way text runs: the parts of Unicode's bidirectional algorithm (UAX 9) that whole words need. Inside a word skia does it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_RIGHT = frozenset({"R", "AL", "AN"})
ISOLATE, END_ISOLATE = "\u2067", "\u2069"
"""RIGHT-TO-LEFT ISOLATE and POP DIRECTIONAL ISOLATE."""
CONTROLS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def runs_left(text: str) -> bool:
    """True where the first letter with a direction runs from right to left."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind in _RIGHT for kind in strong if kind == "L" or kind in _RIGHT), False)


def isolated(text: str) -> str:
    """Text that runs to the left, marked so that its punctuation does too."""
    return f"{ISOLATE}{text}{END_ISOLATE}" if runs_left(text) else text


def visual_order(words: Sequence[str], *, leftwards: bool) -> list[int]:
    """The words of a line from left to right, as indices. `leftwards` is the direction of the whole text."""
    levels = _levels(words, leftwards)
    order = list(range(len(words)))
    for level in range(max(levels, default=0), 0, -1):  # rule L2: from the highest level down, turn each run around
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[end] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = max(end, start + 1)
    return order


def _levels(words: Sequence[str], leftwards: bool) -> list[int]:
    """1 runs to the left in either text, 2 is a run to the right inside a text to the left. Words without a direction, as numbers and
    emoji, go with their neighbours where both agree, and with the text elsewhere (rules N1 and N2)."""
    directions = [_direction(word) for word in words]
    levels = []
    for number, direction in enumerate(directions):
        if direction is None:
            before = next((d for d in reversed(directions[:number]) if d is not None), leftwards)
            after = next((d for d in directions[number + 1 :] if d is not None), leftwards)
            direction = before if before == after else leftwards
        levels.append(1 if direction else (2 if leftwards else 0))
    return levels


def _direction(word: str) -> bool | None:
    kinds = {unicodedata.bidirectional(char) for char in word}
    if kinds & {"R", "AL"} or "L" in kinds:
        return runs_left(word)
    return None
