"""How long a piece of text takes to say, without saying it: one weight is one Chinese syllable."""

from __future__ import annotations

import re

_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]")
_LATIN_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+")
_VOWEL_GROUP = re.compile(r"[aeiouy]+", re.IGNORECASE)


def is_spoken(char: str) -> bool:
    """Whether an engine makes a sound for `char`: letters, hanzi and digits."""
    return char.isalnum()


def spoken_weight(text: str) -> float:
    """Syllables of `text`, roughly: a hanzi or a digit is one, a Latin word as many as it has groups of vowels. 0 is silence."""
    syllables = len(_HANZI.findall(text)) + sum(char.isdigit() for char in text)
    return float(syllables + sum(max(1, len(_VOWEL_GROUP.findall(word))) for word in _LATIN_WORD.findall(text)))
