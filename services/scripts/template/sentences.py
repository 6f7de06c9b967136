"""Facts put into words: each candidate wording of a scene with the lines that it uses up."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from libs.common.media.brief import Language, Scenario
from libs.common.media.storyboard import Fact, SceneRole
from services.scripts import speech
from services.scripts.facts import Grounds
from services.scripts.lexicon import word_set
from services.scripts.phrases import first_said
from services.scripts.superlatives import superlatives
from services.scripts.template import english
from services.scripts.template.lines import Stock, fill, literals, stock

_LONGEST_AUDIENCE = {Language.zh: 10, Language.en: 6}
"""Units: a longer description of who should watch is no phrase to speak."""


@dataclass(frozen=True, slots=True)
class Candidate:
    text: str
    lines: tuple[str, ...]
    """Lines of the stock that are in it: none is used twice in a script."""
    units: int
    plainness: int = 0
    """0 reads well, 1 is bare or padded, 2 is the least that can be said."""


@dataclass(slots=True)
class Phrasebook:
    """All that one script can say, and what it has said."""

    grounds: Grounds
    said: Collection[str] = ()
    """Narrations that are out already: their words are not used again."""
    stock: Stock = field(init=False)
    slots: dict[str, str] = field(init=False)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.stock = stock(self.grounds.language, self.grounds.scenario)
        self.slots = _slots(self.grounds)
        heard = "".join(self.said)
        if heard:
            lines = [*self.stock.more, *(line for pools in self.stock.roles.values() for pool in pools.values() for line in pool)]
            self.used |= {line for line in lines if any(len(part) > 6 and part in heard for part in literals(line))}

    def open_lines(self, *roles: str) -> list[str]:
        """Unused lines of the roles, in an order that the seed decides."""
        lines = [line for role in roles for line in self.stock.lines(role, self.grounds.tone) if line not in self.used]
        return sorted(lines, key=lambda line: self.rank("/".join(roles), line))

    def rank(self, *parts: str) -> int:
        """A place in the shuffle. Of the brief it takes what makes a script another script, not its length or its figures:
        a longer cut opens with the same words, and a new price changes one scene."""
        g = self.grounds
        seed = "|".join((str(g.seed), g.name, g.language.value, g.scenario.value, g.tone.value, *parts))
        return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])

    def say(self, line: str, **more: str) -> Candidate | None:
        """The line as a candidate; None where a slot is empty or a forbidden word would be heard."""
        text = fill(line, {**self.slots, **more})
        return None if text is None else self.candidate(text, (line,))

    def candidate(self, text: str, lines: tuple[str, ...], plainness: int = 0) -> Candidate | None:
        text = _polished(text, self.grounds.language)
        if first_said(text, self.grounds.banned) is not None:
            return None
        return Candidate(text, lines, speech.units(text, self.grounds.language), plainness)

    def joined(self, *parts: Candidate) -> Candidate:
        blank = "" if self.grounds.language is Language.zh else " "
        text = blank.join(part.text for part in parts)
        lines = tuple(line for part in parts for line in part.lines)
        return Candidate(text, lines, sum(part.units for part in parts), max(part.plainness for part in parts))

    def plain(self, lines: Iterable[str]) -> list[Candidate]:
        return [candidate for line in lines if (candidate := self.say(line)) is not None]

    def phrase(self, text: str, plainness: int = 0) -> Candidate | None:
        """A fact as a sentence of its own."""
        return self.candidate(text + ("。" if self.grounds.language is Language.zh else "."), (), plainness)

    def framed(self, fact: Fact, role: SceneRole, *, first: bool) -> Iterator[Candidate]:
        """Wordings of one fact."""
        for line in self._frames(fact, role, first=first):
            candidate = self.say(line, **self.fact_slots(fact))
            if candidate is not None:
                yield candidate

    def _frames(self, fact: Fact, role: SceneRole, *, first: bool) -> list[str]:
        if fact.kind == "price":
            return self.open_lines("price")
        if role in {SceneRole.proof, SceneRole.impact, SceneRole.example, SceneRole.what, SceneRole.concept} and first:
            return self.open_lines(role.value)
        place = "first" if first and self.grounds.scenario is Scenario.ecommerce else "next"
        form = english.form_of(fact.text) if self.grounds.language is Language.en else english.Form.clause
        if self.grounds.scenario is not Scenario.ecommerce or form is english.Form.clause:
            return self.open_lines(f"fact_{place}")
        if form is english.Form.verb:
            return self.open_lines(f"verb_{place}")
        return self.open_lines(f"phrase_{place}", f"fact_{place}")

    def fact_slots(self, fact: Fact) -> dict[str, str]:
        if self.grounds.language is Language.zh:
            return {"fact": fact.text, "Fact": fact.text}
        return {"fact": english.mid_sentence(fact.text), "Fact": english.capitalised(fact.text)}

    def also(self, fact: Fact, following: Fact) -> Iterator[Candidate]:
        """Two short facts in one breath, where the language allows it."""
        forms = {english.form_of(fact.text), english.form_of(following.text)} if self.grounds.language is Language.en else set()
        if english.Form.verb in forms:
            return
        for line in self.open_lines("also"):
            after = self.fact_slots(following)
            slots = self.fact_slots(fact) | {"next": after["fact"], "Next": after["Fact"]}
            candidate = self.say(line, **slots)
            if candidate is not None:
                yield replace(candidate, lines=())  # a joint may come again


def _slots(grounds: Grounds) -> dict[str, str]:
    """What the brief has for the slots of lines; empty where it would read badly."""
    audience = grounds.audience
    if speech.units(audience, grounds.language) > _LONGEST_AUDIENCE[grounds.language]:
        audience = ""
    category = grounds.category if not superlatives(grounds.category) else ""
    slots = {"name": grounds.name, "audience": audience}
    if grounds.language is Language.zh:
        return slots | {"category": "" if category in word_set("departments.zh") else category}
    if grounds.scenario is Scenario.ecommerce and english.is_common_name(grounds.name):
        slots["name"] = "the " + grounds.name[0].lower() + grounds.name[1:]
    elif grounds.scenario is Scenario.education:
        slots["name"] = grounds.name.rstrip("?")
    return slots | {
        "audience": audience[:1].lower() + audience[1:] if audience[1:].islower() else audience,
        "audience_many": audience if english.is_many(audience) else "",
        "a_category": english.with_article(category),
        "category_plain": english.many(category),
    }


def _polished(text: str, language: Language) -> str:
    """No doubled stops where a fact ends in one of its own."""
    if language is Language.zh:
        for double, single in (("？。", "？"), ("！。", "！"), ("？，", "？"), ("？？", "？"), ("！！", "！"), ("？：", "？")):
            text = text.replace(double, single)
        return text
    for double, single in (("?.", "?"), ("??", "?"), ("!.", "!"), ("..", "."), ("?:", "?"), (".:", ":")):
        text = text.replace(double, single)
    return english.capitalised(text)
