"""Breaking text into lines: by word, with the marks that may not begin or end a line where Chinese typesetting wants them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from libs.common.media.errors import InvalidInput

NO_START = "，。！？、；：）》〉”’」』】〕…—·～,.!?;:)]}%％‰℃°ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ،؛؟"
"""May not begin a line (GB/T 15834, W3C clreq and jlreq)."""
NO_END = "（《〈“‘「『【〔([{¥$€£₩#＃@"
"""May not end one."""
_UNITS = "小时|分钟|毫升|公斤|千克|公里|厘米|毫米|英寸|个月|平方米|立方米|摄氏度|人份|件装|片装"
_PIECE = re.compile(rf"[0-9][0-9.,]*(?:{_UNITS})|[A-Za-z0-9À-ɏ][A-Za-z0-9À-ɏ.,'’+&/:%°-]*\s*|\s+|.", re.DOTALL)
SHRINK = 0.94
"""Steps in which type gets smaller until it fits."""
JOINER = "\u200d"
CLAUSE_END = "，。！？；：、,.!?;:—"
UNEVEN = 1.45
"""How much wider than the mean a line may be so that lines are clauses."""


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
    """Not before a closing mark, not after an opening one, not between a number and what it counts, not before a blank, not inside a
    character that is made of several."""
    if not before or not after or after[0].isspace():
        return False
    if after[0] in NO_START or before.rstrip()[-1:] in NO_END or _clings(before[-1], after[0]):
        return False
    tight = not before[-1].isspace()
    if not tight:
        return not (before.rstrip()[-1:].isdigit() and _is_unit(after))
    last = next((char for char in reversed(before) if unicodedata.category(char) != "Mn"), before[-1])
    return not last.isdigit() and not (_latin(last) and _latin(after[0]))


def set_lines(
    words: Sequence[str],
    width_of: Callable[[str, float], float],
    *,
    size_px: float,
    limit_px: float,
    most: int = 2,
    least_px: float = 1.0,
    breaks: Sequence[bool] | None = None,
) -> Setting:
    """The largest type up to `size_px` at which the words fit into at most `most` even lines.

    `width_of(text, size)` measures; widths grow with the size. `breaks[n]` says whether a line may break before word n; by default the
    rules do. A word wider than the limit makes the type smaller rather than break. Raises InvalidInput (`edit.text_too_long`) where even
    `least_px` is too large.
    """
    widths = [width_of(word, size_px) for word in words]
    allowed = breaks or [False, *(may_break(one, other) for one, other in pairwise(words))]
    marks = clause_starts(words)
    for size in sizes(size_px, least_px):
        limit = limit_px * size_px / size
        for count in range(1, most + 1):
            if (lines := divide(widths, allowed, limit, count, marks)) is not None:
                return Setting(size, lines)
    raise too_long("".join(words))


def clause_starts(words: Sequence[str]) -> list[bool]:
    """Which words stand behind a mark."""
    return [False, *(one.rstrip()[-1:] in CLAUSE_END and may_break(one, other) for one, other in pairwise(words))]


def sizes(largest_px: float, least_px: float) -> Iterator[float]:
    """Smaller and smaller, down to the least."""
    size = largest_px
    while size > least_px:
        yield size
        size *= SHRINK
    yield min(largest_px, least_px)


def too_long(text: str, field: str | None = None) -> InvalidInput:
    return InvalidInput(
        f"the text of {len(text)} characters does not fit at a size that can be read; shorten it: “{text[:20]}…”",
        code="edit.text_too_long",
        field=field,
    )


def divide(
    widths: Sequence[float], breaks: Sequence[bool], limit: float, count: int, marks: Sequence[bool] = ()
) -> tuple[tuple[int, int], ...] | None:
    """At most `count` lines with the narrowest widest line; None where they do not fit. Of equal ones the later break wins: a long first
    line. `marks[n]` says that word n begins a clause: where lines of clauses are not too uneven they win."""
    if sum(widths) > limit * count:
        return None
    groups = _unbreakable(widths, breaks)
    if (spoken := _at_marks(widths, marks, limit, count)) is not None:
        return spoken
    low, high = max((width for _, _, width in groups), default=0.0), limit
    if low > high or (best := _filled(groups, high)) is None or len(best) > count:
        return None
    for _ in range(24):
        middle = (low + high) / 2
        lines = _filled(groups, middle)
        if lines is not None and len(lines) <= count:
            best, high = lines, middle
        else:
            low = middle
    return tuple(best)


def _at_marks(widths: Sequence[float], marks: Sequence[bool], limit: float, count: int) -> tuple[tuple[int, int], ...] | None:
    if count == 1 or not any(marks[1:]):
        return None
    even = sum(widths) / count
    lines = divide(widths, marks, min(limit, UNEVEN * even), count)
    return lines if lines is not None and len(lines) == count else None


def _unbreakable(widths: Sequence[float], breaks: Sequence[bool]) -> list[tuple[int, int, float]]:
    """Runs of words that stay together: first word, end, width."""
    starts = [number for number in range(len(widths)) if number == 0 or breaks[number]]
    return [(start, end, sum(widths[start:end])) for start, end in zip(starts, [*starts[1:], len(widths)], strict=True)]


def _filled(groups: Sequence[tuple[int, int, float]], limit: float) -> list[tuple[int, int]] | None:
    """Each line takes as much as fits; None where a group is wider than a line."""
    lines: list[tuple[int, int]] = []
    room = -1.0
    for start, end, width in groups:
        if width > limit * (1 + 1e-9):
            return None
        if width <= room:
            lines[-1] = (lines[-1][0], end)
            room -= width
        else:
            lines.append((start, end))
            room = limit * (1 + 1e-9) - width
    return lines


def _latin(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"


def _is_unit(text: str) -> bool:
    """What may stand behind a number and a blank: `12 小时`, `24 hours`, `10 W`; not another number, and not a name (`15 Pro`)."""
    word = text.split(maxsplit=1)[0]
    return word[0].isalpha() and (not word[0].isupper() or (word.isupper() and len(word) <= 3))


def _clings(before: str, after: str) -> bool:
    """Accents, variation selectors, emoji that are joined or coloured, and the two letters of a flag."""
    if before == JOINER or after == JOINER or unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    return _flag_letter(before) and _flag_letter(after)


def clusters(text: str) -> list[str]:
    """What a reader sees as single characters."""
    found: list[str] = []
    for char in text:
        if found and (_clings(found[-1][-1], char) and not (_flag(found[-1]) and _flag_letter(char))):
            found[-1] += char
        else:
            found.append(char)
    return found


def _flag(cluster: str) -> bool:
    return len(cluster) == 2 and all(map(_flag_letter, cluster))


def _flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
