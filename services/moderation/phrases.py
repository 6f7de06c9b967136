"""Lists of phrases, searched all at once (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import ahocorasick
import yaml

from libs.common.media.brief import Scenario
from libs.common.media.errors import InvalidInput
from libs.common.media.review import Decision
from services.moderation.hit import Hit
from services.moderation.views import View, Views, views_of

SEVERITY = {decision: rank for rank, decision in enumerate(Decision)}
KEYS = frozenset({"version", "scenarios", "lenient", "always", "block", "review", "allow"})
SENTENCE_ENDS = frozenset("。!?;,、:\n…")
"""What stands between two thoughts after folding: no word is hidden across it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    code: str
    decision: Decision
    phrase: str
    always: bool
    """Holds in lenient scenarios too."""


Match = tuple[int, int, Entry | None]
"""Start, end and entry; places are those of the folded view."""


class PhraseList:
    """A list as it lies in a YAML file.

    `block` and `review` map a code to phrases; `always` blocks in every scenario; `allow` holds phrases inside which nothing counts. In the
    scenarios of `lenient` block becomes review and review nothing; a list with `scenarios` holds in those alone. `version` counts the
    editions.

    Phrases are also found spelled out (赌*博, c o c a i n e); those of Latin letters only as whole words.
    """

    def __init__(self, lists: dict[str, Any]) -> None:
        if unknown := set(lists) - KEYS:
            raise ValueError(f"unknown keys {sorted(unknown)}")
        self._scenarios = frozenset(map(Scenario, lists.get("scenarios", Scenario)))
        self._lenient = frozenset(map(Scenario, lists.get("lenient", ())))
        entries = [
            (
                str(phrase),
                Entry(
                    code=code, decision=Decision.review if key == "review" else Decision.block, phrase=str(phrase), always=key == "always"
                ),
            )
            for key in ("review", "block", "always")
            for code, phrases in lists.get(key, {}).items()
            for phrase in phrases
        ]
        self._entries = _automaton(entries, squeezed=False)
        self._spelled = _automaton(entries, squeezed=True)
        self._allowed = _automaton(((str(phrase), None) for phrase in lists.get("allow", ())), squeezed=False)

    @classmethod
    def read(cls, path: Path) -> PhraseList:
        """Raises InvalidInput (`moderation.bad_list`): a list that cannot be read must not pass for an empty one."""
        try:
            return cls(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
            raise InvalidInput(f"{path.name} is not a list of phrases: {error}", code="moderation.bad_list") from error

    def find(self, views: Views, scenario: Scenario) -> Iterator[Hit]:
        """The worst, then the longest hit at each place, in order."""
        if scenario not in self._scenarios:
            return
        allowed = [(start, end) for start, end, _ in _plain(self._allowed, views.folded)]
        found: dict[tuple[int, int], tuple[Entry, Decision]] = {}
        for start, end, entry in (*_plain(self._entries, views.folded), *_spelled(self._spelled, views)):
            if entry is None or any(first <= start and end <= last for first, last in allowed):
                continue
            decision = self._decided(entry, scenario)
            if decision is not Decision.allow and ((start, end) not in found or _worse(decision, found[start, end][1])):
                found[start, end] = (entry, decision)
        for (start, end), (entry, decision) in sorted(found.items()):
            if not any(_covers(span, (start, end)) and not _worse(decision, other) for span, (_, other) in found.items()):
                first, last = views.folded.span(start, end)
                detail = f"“{entry.phrase}” is on the list {entry.code}"
                yield Hit(code=entry.code, decision=decision, start=first, end=last, detail=detail)

    def _decided(self, entry: Entry, scenario: Scenario) -> Decision:
        if entry.always or scenario not in self._lenient:
            return entry.decision
        return Decision.review if entry.decision is Decision.block else Decision.allow


def _automaton(pairs: Iterable[tuple[str, Entry | None]], *, squeezed: bool) -> ahocorasick.Automaton | None:
    """Where two lists hold one phrase, the later one wins."""
    automaton = ahocorasick.Automaton()
    for phrase, entry in pairs:
        views = views_of(phrase)
        key = views.squeezed.text if squeezed else views.folded.text.strip()
        if len(key) > squeezed:  # a single character is never spelled out
            automaton.add_word(key, (len(key), entry))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton


def _plain(automaton: ahocorasick.Automaton | None, view: View) -> Iterator[Match]:
    """Phrases as they are written."""
    for last, (length, entry) in automaton.iter(view.text) if automaton is not None else ():
        start, end = last + 1 - length, last + 1
        if not _splits_word(view.text, start, end):
            yield start, end, entry


def _spelled(automaton: ahocorasick.Automaton | None, views: Views) -> Iterator[Match]:
    """Phrases with something put between their characters."""
    text = views.folded.text
    for last, (length, entry) in automaton.iter(views.squeezed.text) if automaton is not None else ():
        places = views.places[last + 1 - length : last + 1]
        gaps = [text[one + 1 : two] for one, two in pairwise(places)]
        start, end = places[0], places[-1] + 1
        if any(gaps) and not _splits_word(text, start, end) and _is_spelled_out(text, start, end, gaps):
            yield start, end, entry


def _is_spelled_out(text: str, start: int, end: int, gaps: list[str]) -> bool:
    """Whether the gaps are there to hide a word. 颜色 情人节 and `ass. istant` have gaps because they are two words."""
    if any(SENTENCE_ENDS & set(gap) for gap in gaps):
        return False
    if text[start:end].isascii():
        return all(gaps)
    neighbours = text[start - 1 : start] + text[end : end + 1]
    return any(gap.strip() for gap in gaps) or not any(char.isalnum() for char in neighbours)


def _splits_word(text: str, start: int, end: int) -> bool:
    """Whether the place begins or ends in the middle of a Latin word or a number."""
    return _joined(text[start - 1 : start], text[start]) or _joined(text[end - 1], text[end : end + 1])


def _joined(one: str, two: str) -> bool:
    return one.isascii() and one.isalnum() and two.isascii() and two.isalnum()


def _worse(one: Decision, other: Decision) -> bool:
    return SEVERITY[one] > SEVERITY[other]


def _covers(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]
