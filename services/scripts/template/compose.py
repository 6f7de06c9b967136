"""Writes scenes from the stock: for each slot of the plan the wording that fits the time, no line twice, times from the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from libs.common.media.errors import InvalidInput
from libs.common.media.storyboard import Scene, SceneRole
from services.scripts import speech
from services.scripts.facts import Grounds
from services.scripts.phrases import says
from services.scripts.plan import Plan, Slot, share_out
from services.scripts.template.options import options_of
from services.scripts.template.sentences import Candidate, Phrasebook
from services.scripts.template.titles import title_of
from services.scripts.visuals import Camera, mood_of, transition_of

GENERATOR = "template/1"
_TOLERANCE = Fraction(4, 25)
"""Wordings within 16 % of the wanted length are equally good; then the seed decides."""
_SHORTEST_S = Fraction(6, 5)
_ROUNDS = 4
_NEAR = Fraction(3, 50)
"""A script within 6 % of its time needs no further round."""
_MANY = 160
"""Wordings looked at for one scene."""


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
            on_screen_text=title_of(grounds, slot, text.text),
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
        options = list(islice(options_of(book, slot, fillers, first=not seen_fact), _MANY))
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


def _fillers(book: Phrasebook, slots: Sequence[Slot]) -> list[str]:
    """Lines for scenes without a fact: as many as are needed, chosen by the seed, in the order in which they were written."""
    free = [line for line in book.stock.more if book.say(line) is not None]
    needed = 2 * sum(1 for slot in slots if not slot.facts and slot.about and slot.role is not SceneRole.pain)
    chosen = sorted(free, key=lambda line: book.rank("more", line))[: max(needed, 4)]
    return [line for line in free if line in chosen]


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
