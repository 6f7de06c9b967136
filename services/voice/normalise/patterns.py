"""Pieces of patterns that the rules of both languages share. All are for verbose mode."""

from __future__ import annotations

import re

NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?![0-9])"
"""Thousands separators and decimals."""
DASH = r"\s?[-~–—−]\s?"
"""Between the ends of a range."""
NOT_LATIN = r"(?![A-Za-z])"
MODEL = (
    r"(?<![A-Za-z])[A-Za-z]+-?[0-9]+(?:\.[0-9]+)?(?:[A-Za-z]+[0-9]*)*(?![0-9])"
    r"|[0-9]+(?:\.[0-9]+)?[A-Za-z]+[0-9]*(?![0-9])"
)
"""Letters and digits that belong together: iPhone15, GPT-4, 1080p."""
CLOCK = r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?!:?[0-9])"


def before(text: str, start: int, *words: str) -> bool:
    """Whether one of `words` stands before `start`, blanks and colons aside."""
    return text[max(0, start - 16) : start].rstrip(" :：").lower().endswith(words)


def behind_capitals(text: str, start: int) -> bool:
    """Whether the number at `start` follows a word in capitals, as in RTX 4090."""
    return re.search(r"(?<![A-Za-z])[A-Z]{2,5} $", text[max(0, start - 8) : start]) is not None
