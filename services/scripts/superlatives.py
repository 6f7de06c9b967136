"""Words that advertising law forbids where they point at the goods: a shop's script has none besides what must be said."""

from __future__ import annotations

import re
from functools import cache

from services.scripts.lexicon import entries


def superlatives(text: str) -> list[str]:
    """The superlatives in `text`; idioms that only sound like one (最近, 第一步, at best) do not count."""
    plain = _pattern("superlatives_allowed").sub(" ", text.lower())
    return [match[0] for match in _pattern("superlatives").finditer(plain)]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """One alternative a line; a line may be a regular expression. English lines match whole words."""
    return re.compile(
        "|".join(rf"(?<![a-z]){entry}(?![a-z])" if entry.isascii() else entry for entry in sorted(entries(name), key=len, reverse=True))
    )
