"""The scanner that both languages share: rules are tried in order at each place, the rest is plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text. The `display`s of a text, joined, are the text; the `spoken`s, joined, are what the engine gets."""

    display: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`speak` gives the spoken words of a match, or None to leave it to the next rule."""

    name: str
    pattern: re.Pattern[str]
    speak: Callable[[re.Match[str]], str | None]


def rule(name: str, pattern: str, speak: Callable[[re.Match[str]], str | None], *, flags: int = 0) -> Rule:
    """`pattern` is verbose (blanks do not count) and matches whole numbers only: it never starts behind a digit."""
    return Rule(name, re.compile(rf"(?<![0-9])(?:{pattern})", re.VERBOSE | flags), speak)


def scan(text: str, rules: Sequence[Rule]) -> Iterator[tuple[str, str | None]]:
    """`(piece, spoken)` in order, joined the text; `spoken` is None for plain pieces."""
    plain_from = position = 0
    while position < len(text):
        found = _first(text, position, rules)
        if found is None:
            position += 1
            continue
        piece, spoken = found
        if plain_from < position:
            yield text[plain_from:position], None
        yield piece, spoken
        position += len(piece)
        plain_from = position
    if plain_from < len(text):
        yield text[plain_from:], None


def _first(text: str, position: int, rules: Sequence[Rule]) -> tuple[str, str] | None:
    for candidate in rules:
        match = candidate.pattern.match(text, position)
        if match and match.group() and (spoken := candidate.speak(match)) is not None:
            return match.group(), spoken
    return None
