"""The wordings of one scene: what its role asks for, bare, padded and joined, in an order that the seed decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from libs.common.media.storyboard import SceneRole
from services.scripts.plan import Slot
from services.scripts.template.sentences import Candidate, Phrasebook
from services.scripts.template.themes import themes_of

_ENDS = frozenset({SceneRole.hook, SceneRole.cta})


def options_of(book: Phrasebook, slot: Slot, fillers: list[str], *, first: bool) -> Iterator[Candidate]:
    """Wordings of a slot: what it must say, with and without a line that fills."""
    for core in _cores(book, slot, fillers, first=first):
        yield core
        for tail in _tails(book, slot):
            if not set(tail.lines) & set(core.lines):
                yield book.joined(core, tail)


def _cores(book: Phrasebook, slot: Slot, fillers: list[str], *, first: bool) -> Iterator[Candidate]:
    facts = [book.grounds.fact(fact) for fact in slot.facts]
    phrases = [said for fact in facts if fact.kind == "must_say" and (said := book.phrase(fact.text)) is not None]
    story = [fact for fact in facts if fact.kind in {"point", "claim"} or (fact.kind == "price" and not _sells(slot))]
    if slot.role is SceneRole.hook:
        cores = _hooks(book, slot)
    elif slot.role is SceneRole.offer:
        cores = _prices(book)
    elif slot.role is SceneRole.cta:
        cores = _closings(book, slot)
    elif slot.role is SceneRole.pain:
        cores = iter(_pains(book, slot))
    elif story:
        cores = _told(book, slot, first=first)
    else:
        cores = _dwelling(book, slot, fillers)
    for core in cores:
        yield book.joined(*((*phrases, core) if slot.role is SceneRole.cta else (core, *phrases)))
    if slot.role in _ENDS and (bare := _bare(book, slot, phrases)) is not None:
        yield bare


def _bare(book: Phrasebook, slot: Slot, phrases: list[Candidate]) -> Candidate | None:
    """The least that a first or last scene can say: for videos of a few seconds."""
    kinds = {"point", "claim"} if slot.role is SceneRole.hook else {"price"}
    texts = [book.grounds.name] if slot.role is SceneRole.hook else []
    texts += [fact.text for fact in map(book.grounds.fact, slot.facts) if fact.kind in kinds]
    said = [part for text in texts if (part := book.phrase(text, 2)) is not None]
    return replace(book.joined(*said, *phrases), plainness=2) if said or phrases else None


def _sells(slot: Slot) -> bool:
    return slot.role in {SceneRole.offer, SceneRole.cta}


def _hooks(book: Phrasebook, slot: Slot) -> Iterator[Candidate]:
    told = [book.grounds.fact(fact) for fact in slot.facts if book.grounds.fact(fact).kind in {"point", "claim"}]
    if not told:
        yield from book.plain(book.open_lines("hook"))
        return
    for line in book.open_lines("hook_fact"):
        fact = told[0]
        candidate = book.say(line, **book.fact_slots(fact))
        if candidate is not None:
            extra = [said for other in told[1:] if (said := book.phrase(other.text)) is not None]
            yield book.joined(candidate, *extra)


def _prices(book: Phrasebook) -> Iterator[Candidate]:
    price = book.grounds.of_kind("price")[0].text
    was = book.grounds.of_kind("was")
    if was:
        for line in book.open_lines("offer_was"):
            if (said := book.say(line, price=price, was=was[0].text)) is not None:
                yield said
    else:
        for line in book.open_lines("offer"):
            if (said := book.say(line, price=price)) is not None:
                yield said


def _closings(book: Phrasebook, slot: Slot) -> Iterator[Candidate]:
    prices = [book.grounds.fact(fact).text for fact in slot.facts if book.grounds.fact(fact).kind == "price"]
    for line in book.open_lines("cta_price" if prices else "cta"):
        if (said := book.say(line, price=prices[0] if prices else "")) is not None:
            yield said


def _pains(book: Phrasebook, slot: Slot) -> list[Candidate]:
    about = [book.grounds.fact(slot.about)] if slot.about else []
    others = list(book.grounds.of_kind("point"))
    for fact in (*about, *others):
        for theme in themes_of(fact.text, book.grounds.language):
            found = book.plain(line for line in theme.pain if line not in book.used)
            if found:
                return found
    return book.plain(book.open_lines("pain"))


def _told(book: Phrasebook, slot: Slot, *, first: bool) -> Iterator[Candidate]:
    facts = [fact for fact in map(book.grounds.fact, slot.facts) if fact.kind != "must_say"]
    ways = [list(islice(book.framed(fact, slot.role, first=first and not i if _opens(slot) else not i), 8)) for i, fact in enumerate(facts)]
    bare = [[said] if (said := book.phrase(fact.text, 1)) is not None else [] for fact in facts]
    if len(facts) == 2:
        yield from book.also(facts[0], facts[1])
    for combination in islice(product(*(way or plain for way, plain in zip(ways, bare, strict=True))), 48):
        used = [line for part in combination for line in part.lines]
        if len(used) == len(set(used)):
            yield book.joined(*combination)
    yield from (book.joined(*combination) for combination in product(*bare))


def _opens(slot: Slot) -> bool:
    return slot.role in {SceneRole.benefit, SceneRole.detail, SceneRole.step}


def _dwelling(book: Phrasebook, slot: Slot, fillers: list[str]) -> Iterator[Candidate]:
    """A scene without a fact of its own: lines of the theme of the fact before, then lines that suit any subject, in their order."""
    about = book.grounds.fact(slot.about).text if slot.about else ""
    near = [line for theme in themes_of(about, book.grounds.language) for line in theme.more if line not in book.used]
    own = book.plain(book.open_lines(f"{slot.role.value}_more"))
    themed, general = (own[:6], []) if own else (book.plain(near), book.plain(fillers[:4]))
    ordered = themed[:6] if own else themed[:3] or general[:1]
    if not ordered:
        yield from (replace(tail, plainness=1) for tail in book.plain(book.open_lines("tail")))
    yield from ordered
    yield from (replace(other, plainness=1) for other in (*themed[3:], *general) if other not in ordered)
    for lead in ordered:
        for follower in (*themed[:4], *general[:2]):
            if follower.lines != lead.lines:
                yield book.joined(lead, follower)


def _tails(book: Phrasebook, slot: Slot) -> list[Candidate]:
    """Short lines that may close a scene; those of the fact's theme first."""
    if slot.role is SceneRole.offer:
        return [replace(tail, plainness=1) for tail in book.plain(book.open_lines("offer_tail"))]
    texts = [book.grounds.fact(fact).text for fact in slot.facts if book.grounds.fact(fact).kind in {"point", "claim"}]
    if slot.role in _ENDS or not texts:
        return []
    near = [line for text in texts for theme in themes_of(text, book.grounds.language) for line in theme.more if line not in book.used]
    return [*book.plain(near), *(replace(tail, plainness=1) for tail in book.plain(book.open_lines("tail"))[:4])]
