"""Lists of phrases, searched all at once (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ahocorasick
import yaml

from libs.common.media.review import Decision
from services.moderation.hit import Hit
from services.moderation.views import View, Views, views_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    code: str
    decision: Decision
    phrase: str


class PhraseList:
    """A list as it lies in a YAML file: `block` and `review` map a code to phrases, `allow` holds phrases inside which nothing counts.

    Chinese phrases are looked for with and without what is put between their characters; phrases of Latin words only as whole words.
    """

    def __init__(self, lists: dict[str, Any]) -> None:
        self._entries = _automaton(
            (phrase, Entry(code=code, decision=decision, phrase=phrase))
            for decision in (Decision.block, Decision.review)
            for code, phrases in lists.get(decision.value, {}).items()
            for phrase in phrases
        )
        self._allowed = _automaton((str(phrase), None) for phrase in lists.get("allow", ()))

    @classmethod
    def read(cls, path: Path) -> PhraseList:
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    def find(self, views: Views) -> Iterator[Hit]:
        """The longest hit at each place, worst decision first."""
        allowed = [span for span, _, _ in _matches(self._allowed, views.folded)]
        found: dict[tuple[int, int], Entry] = {}
        for view in (views.folded, views.squeezed):
            for span, entry, whole_word in _matches(self._entries, view):
                if entry is not None and (whole_word if _is_latin(entry.phrase) else True) and not _inside(span, allowed):
                    found.setdefault(span, entry)
        for (start, end), entry in sorted(found.items()):
            if not any(_covers(other, (start, end)) and _as_severe(found[other], entry) for other in found):
                yield Hit(
                    code=entry.code, decision=entry.decision, start=start, end=end, detail=f"“{entry.phrase}” is on the list {entry.code}"
                )


Match = tuple[tuple[int, int], Entry | None, bool]
"""Span in the original, entry, and whether it stands as a whole word."""


def _automaton(pairs: Iterable[tuple[str, Entry | None]]) -> ahocorasick.Automaton | None:
    automaton = ahocorasick.Automaton()
    for phrase, entry in pairs:
        views = views_of(phrase)
        for key in {views.folded.text.strip(), views.squeezed.text if not _is_latin(phrase) else ""} - {""}:
            automaton.add_word(key, (len(key), entry))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton


def _matches(automaton: ahocorasick.Automaton | None, view: View) -> Iterator[Match]:
    if automaton is None:
        return
    for last, (length, entry) in automaton.iter(view.text):
        start, end = last + 1 - length, last + 1
        yield view.span(start, end), entry, _ends_word(view.text, start, end)


def _ends_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_is_latin(before) and before.isalnum()) and not (_is_latin(after) and after.isalnum())


def _is_latin(phrase: str) -> bool:
    return phrase.isascii()


def _inside(span: tuple[int, int], allowed: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in allowed)


def _covers(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def _as_severe(one: Entry, other: Entry) -> bool:
    return one.decision is Decision.block or other.decision is Decision.review
