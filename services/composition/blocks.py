"""Blocks of text: several lines of one size in a box, as large as it allows, never smaller than can be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import skia

from services.composition.bidi import runs_left
from services.composition.lines import clause_starts, divide, may_break, pieces, sizes, too_long
from services.composition.text import Stroke, Type, set_text, width_of

Align = Literal["left", "centre", "right"]
ASCENT_EM, DESCENT_EM = 0.88, 0.12
"""Of a Chinese character, over and under the baseline."""
LEAST_PX = 30.0
"""At a short side of 1080: smaller type is not read on a phone."""


@dataclass(frozen=True, slots=True)
class Block:
    lines: tuple[str, ...]
    type: Type
    width: float
    """Of the widest line."""
    line_height: float
    """In ems."""

    @property
    def height(self) -> float:
        """From the top of the first line's characters to the bottom of the last one's."""
        return ((len(self.lines) - 1) * self.line_height + 1) * self.type.size_px if self.lines else 0.0


def set_block(
    text: str, type: Type, *, width: float, least_px: float, height: float = 1e9, most: int = 2, line_height: float = 1.3, field: str
) -> Block:
    """The largest type up to `type.size_px` at which the text fits the room in at most `most` even lines; a line end in the text stays one.
    Raises InvalidInput (`edit.text_too_long`, at `field`) where even `least_px` is too large."""
    paragraphs = [pieces(part) for part in text.splitlines() if part.strip()]
    if not paragraphs:
        return Block((), type, 0.0, line_height)
    widths = [[width_of(piece, type) for piece in part] for part in paragraphs]
    breaks = [[False, *(may_break(one, other) for one, other in pairwise(part))] for part in paragraphs]
    marks = [clause_starts(part) for part in paragraphs]
    for size in sizes(type.size_px, least_px):
        room = min(most, int((height / size - 1) / line_height + 1 + 1e-6))
        limit = width * type.size_px / size
        lines = [_fewest(w, b, m, limit, room - len(paragraphs) + 1) for w, b, m in zip(widths, breaks, marks, strict=True)]
        if sum(len(part) if part else 1_000 for part in lines) <= room:
            texts = tuple(
                "".join(part[start:end]).strip() for part, found in zip(paragraphs, lines, strict=True) for start, end in found or ()
            )
            fitted = replace(type, size_px=size)
            return Block(texts, fitted, max(width_of(line, fitted) for line in texts), line_height)
    raise too_long(text, field)


def draw_block(
    canvas: skia.Canvas,
    block: Block,
    *,
    left: float,
    right: float,
    top: float,
    fill: int | skia.Paint,
    align: Align = "centre",
    stroke: Stroke | None = None,
) -> None:
    """Lines between `left` and `right`, from `top` down. Text that runs from right to left has its left at the right."""
    em = block.type.size_px
    for number, line in enumerate(block.lines):
        free = right - left - width_of(line, block.type)
        ahead = {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        if align != "centre" and runs_left(line):
            ahead = 1 - ahead
        baseline = top + (ASCENT_EM + number * block.line_height) * em
        set_text(canvas, line, left + ahead * free, baseline, block.type, fill, stroke)


def set_line(text: str, type: Type, *, width: float, least_px: float, field: str) -> Block:
    """One line."""
    return set_block(text.replace("\n", " "), type, width=width, least_px=least_px, most=1, field=field)


def _fewest(widths: list[float], breaks: list[bool], marks: list[bool], limit: float, most: int) -> tuple[tuple[int, int], ...] | None:
    for count in range(1, most + 1):
        if (lines := divide(widths, breaks, limit, count, marks)) is not None:
            return lines
    return None
