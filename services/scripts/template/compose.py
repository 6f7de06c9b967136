"""Writes scenes from the stock: for each slot of the plan the wording that fits the time, no line twice, times from the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product

from libs.common.media.brief import Language
from libs.common.media.errors import InvalidInput
from libs.common.media.storyboard import Scene, SceneRole
from services.scripts import speech
from services.scripts.facts import Grounds
from services.scripts.onscreen import short_title
from services.scripts.phrases import first_said, says
from services.scripts.plan import Plan, Slot, share_out
from services.scripts.template.sentences import Candidate, Phrasebook
from services.scripts.template.themes import themes_of
from services.scripts.visuals import Camera, mood_of, transition_of

GENERATOR = "template/1"
_TOLERANCE = Fraction(4, 25)
"""Wordings within 16 % of the wanted length are equally good; then the seed decides."""
_ENDS = frozenset({SceneRole.hook, SceneRole.cta})
_SHORTEST_S = Fraction(6, 5)
_ROUNDS = 4
_NEAR = Fraction(3, 50)
"""A script within 6 % of its time needs no further round."""
_MANY = 160
"""Wordings looked at for one scene."""
_CLOSING_TITLES = {
    Language.zh: (("链接", "点下方链接"), ("收藏", "先收藏"), ("关注", "关注后续"), ("转给", "转给朋友"), ("评论", "评论区见")),
    Language.en: (("link", "Link below"), ("save", "Save for later"), ("follow", "Follow along"), ("share", "Share it")),
}
"""What the close asks for, by a word that it says; the first that is heard."""


def compose(grounds: Grounds, plan: Plan, written: Sequence[Scene] = ()) -> list[Scene]:
    """The scenes of `plan` from `len(written)` on. Equal inputs give equal scenes. What is written may have run over or under: the
    rest makes up for it.

    Raises InvalidInput where a phrase that must not be said leaves nothing to say, or the facts do not fill or fit the time.
    """
    slots = plan.slots[len(written) :]
    left_s = plan.length_s - sum((scene.target_s for scene in written), Fraction(0))
    said = {scene.narration for scene in written}
    spent = sum(speech.units(text, grounds.language) for text in said)
    budget = max(speech.budget_units(plan.length_s, grounds.language) - spent, speech.budget_units(left_s, grounds.language) / 2)
    texts = _texts(grounds, slots, budget, said)
    if not written:
        _check_fit(grounds, _units(texts), budget, told=len(plan.told))
    wanted = [max(Fraction(text.units), Fraction(1)) for text in texts]
    times = share_out(left_s, wanted, [_SHORTEST_S] * len(texts), [left_s] * len(texts))
    camera = Camera(grounds)
    looks = [camera.look(slot) for slot in plan.slots][len(written) :]
    return [
        Scene(
            index=slot.index,
            role=slot.role,
            language=grounds.language,
            narration=text.text,
            on_screen_text=_title(grounds, slot, text.text),
            visual_query=query,
            keywords=keywords,
            target_s=time,
            fact_ids=slot.facts or ((slot.about,) if slot.about and slot.role is not SceneRole.pain else ()),
            mood=mood_of(slot.role, grounds.tone),
            transition=transition_of(slot, grounds.tone),
        )
        for slot, text, time, (query, keywords) in zip(slots, texts, times, looks, strict=True)
    ]


def _texts(grounds: Grounds, slots: Sequence[Slot], budget: Fraction, said: set[str]) -> list[Candidate]:
    """The wordings nearest to the time: where scenes cannot even out what others must say, all are asked to be shorter or longer."""
    asked = budget / speech.budget_units(sum((slot.target_s for slot in slots), Fraction(0)), grounds.language)
    best: list[Candidate] = []
    for _ in range(_ROUNDS):
        book = Phrasebook(grounds, said=said)
        choices = list(_fitted(book, slots, _fillers(book, slots), asked))
        texts = [chosen for chosen, _ in choices]
        if abs(_units(texts) - budget) > budget * _NEAR:
            texts = _exchanged(texts, [options for _, options in choices], budget)
        if not best or abs(_units(texts) - budget) < abs(_units(best) - budget):
            best = texts
        if abs(_units(best) - budget) <= budget * _NEAR:
            break
        asked *= budget / max(_units(texts), 1)
    return best


def _exchanged(texts: list[Candidate], options: list[list[Candidate]], budget: Fraction) -> list[Candidate]:
    """One scene after the other takes the wording that brings the whole nearest to its time, as long as that helps."""
    for _ in texts:
        off = _units(texts) - budget
        if abs(off) <= budget * _NEAR:
            break
        swaps = [
            (abs(off - text.units + option.units), option.plainness, index, place)
            for index, text in enumerate(texts)
            for place, option in enumerate(options[index])
            if not set(option.lines) & {line for other, taken in enumerate(texts) if other != index for line in taken.lines}
        ]
        nearest, _, index, place = min(swaps)
        if nearest >= abs(off):
            break
        texts = [*texts[:index], options[index][place], *texts[index + 1 :]]
    return texts


def _units(texts: Sequence[Candidate]) -> int:
    return sum(text.units for text in texts)


def _fitted(book: Phrasebook, slots: Sequence[Slot], fillers: list[str], asked: Fraction) -> Iterator[tuple[Candidate, list[Candidate]]]:
    """One wording a slot, with those it was chosen from; what one says too much or too little, the next evens out. `asked` scales the
    time of every slot."""
    carry = Fraction(0)
    seen_fact = False
    for slot in slots:
        wanted = speech.budget_units(slot.target_s * asked, book.grounds.language) + carry
        options = list(islice(_options(book, slot, fillers, first=not seen_fact), _MANY))
        if not options:
            raise _conflict(book.grounds)
        chosen = _nearest(book, slot, options, wanted)
        book.used.update(chosen.lines)
        fillers[:] = [line for line in fillers if line not in book.used]
        seen_fact = seen_fact or any(book.grounds.fact(fact).kind in {"point", "claim"} for fact in slot.facts)
        carry = wanted - chosen.units
        yield chosen, options


def _nearest(book: Phrasebook, slot: Slot, options: list[Candidate], wanted: Fraction) -> Candidate:
    room = max(wanted * _TOLERANCE, Fraction(2))
    for plainness in (0, 1):
        good = [option for option in options if option.plainness <= plainness and abs(option.units - wanted) <= room]
        if good:
            return min(good, key=lambda option: book.rank(slot.role.value, str(slot.index), *option.lines))
    return min(options, key=lambda option: (abs(option.units - wanted) + option.plainness, book.rank(*option.lines)))


def _options(book: Phrasebook, slot: Slot, fillers: list[str], *, first: bool) -> Iterator[Candidate]:
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
        candidate = book.say(line, **book._fact_slots(fact))
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


def _fillers(book: Phrasebook, slots: Sequence[Slot]) -> list[str]:
    """Lines for scenes without a fact: as many as are needed, chosen by the seed, in the order in which they were written."""
    free = [line for line in book.stock.more if book.say(line) is not None]
    needed = 2 * sum(1 for slot in slots if not slot.facts and slot.about and slot.role is not SceneRole.pain)
    chosen = sorted(free, key=lambda line: book.rank("more", line))[: max(needed, 4)]
    return [line for line in free if line in chosen]


def _title(grounds: Grounds, slot: Slot, narration: str) -> str:
    title = _wanted_title(grounds, slot, narration)
    return "" if first_said(title, grounds.banned) is not None else title


def _wanted_title(grounds: Grounds, slot: Slot, narration: str) -> str:
    facts = [grounds.fact(fact) for fact in slot.facts]
    if slot.role is SceneRole.hook:
        return short_title(grounds.name, grounds.language)
    if slot.role is SceneRole.pain:
        return ""
    prices = [fact.text for fact in facts if fact.kind == "price"]
    if prices and _sells(slot):
        return prices[0]
    if slot.role is SceneRole.cta:
        return next((title for word, title in _CLOSING_TITLES[grounds.language] if word in narration.lower()), "")
    story = [fact for fact in facts if fact.kind in {"point", "claim"}]
    return short_title(story[0].text, grounds.language) if story else ""


def _check_fit(grounds: Grounds, said: int, budget: Fraction, *, told: int) -> None:
    ratio = said / budget
    if ratio > Fraction(11, 10):
        raise InvalidInput(f"what has to be said is too long for {grounds.length_s} s", code="brief.length_too_short", field="/length_s")
    if ratio < Fraction(9, 10):
        raise InvalidInput(
            f"{told} facts do not fill {grounds.length_s} s; add selling points or shorten the video",
            code="brief.too_few_facts",
            field="/length_s",
        )


def _conflict(grounds: Grounds) -> InvalidInput:
    """Every wording of a scene says something that must not be said; the name is the likeliest cause."""
    said = " ".join(fact.text for fact in grounds.facts)
    index = next((i for i, phrase in enumerate(grounds.banned) if says(said, phrase)), 0)
    return InvalidInput(
        f"nothing can be said without {grounds.banned[index]!r}" if grounds.banned else "nothing can be said",
        code="brief.must_not_say_conflict",
        field=f"/product/must_not_say/{index}",
    )
