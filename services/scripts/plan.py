"""How many scenes, which roles, how long each, and which fact is told where. The outline is ours; a writer finds the words."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import pairwise

from libs.common.media.brief import Language, Scenario
from libs.common.media.errors import InvalidInput
from libs.common.media.storyboard import Fact, SceneRole
from services.scripts import speech
from services.scripts.facts import Grounds

SHORTEST_S, LONGEST_S = Fraction(5, 2), Fraction(6)
"""Of a scene, where its facts allow it: a long fact stretches its scene rather than being cut."""

_PACE = ((5, 2.5), (10, 3.3), (15, 3.75), (30, 4.3), (60, 4.8), (120, 5.4), (180, 5.7))
"""Length of a video and its average scene, both in seconds: short videos are cut faster."""

_WEIGHTS = {SceneRole.hook: Fraction(9, 10), SceneRole.cta: Fraction(9, 10), SceneRole.offer: Fraction(19, 20)}
_LEAD_S = Fraction(6, 5)
"""Room for the words around a fact."""
_ROOM = Fraction(19, 20)
"""Share of the body that facts may take; the rest joins them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One scene to be written."""

    index: int
    role: SceneRole
    target_s: Fraction
    """In tenths of a second; all slots add up to the length of the video."""
    facts: tuple[str, ...] = ()
    """Ids of the facts that this scene has to tell."""
    about: str | None = None
    """The fact that a scene without facts of its own dwells on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    slots: tuple[Slot, ...]
    length_s: Fraction
    dropped: tuple[str, ...]
    """Ids of facts that do not fit the length or may not be used."""

    @property
    def told(self) -> tuple[str, ...]:
        return tuple(fact for slot in self.slots for fact in slot.facts)


def make_plan(grounds: Grounds, *, unusable: Collection[str] = ()) -> Plan:
    """The outline of a video of `grounds.length_s` seconds. `unusable` facts (by id) are left out.

    Raises InvalidInput where what has to be said does not fit, or no fact is left.
    """
    priced = grounds.scenario is Scenario.ecommerce and bool(grounds.of_kind("price"))
    kinds = ("point", "claim") if priced else ("point", "price", "claim")
    story = [fact for fact in grounds.of_kind(*kinds) if fact.id not in unusable]
    if not any(fact.kind != "price" for fact in story):
        raise InvalidInput("no selling point can be used", code="brief.no_usable_fact", field="/product/selling_points")
    length = Fraction(grounds.length_s)
    count = _scene_count(length, story, grounds.language)
    closing = _closing_facts(grounds, story, priced)
    _refuse_overfull(grounds, closing, length)
    spare = _seconds([fact for fact in closing if fact.kind == "must_say"], grounds.language)
    room = (length - spare) * _body_share(grounds.scenario, count)
    if count <= 3:
        room = min(room, length - _seconds([*closing, *grounds.of_kind("name")], grounds.language))
    told = _that_fit(_by_weight(story, count), room, grounds.language)
    if not told and not priced and count > 2:
        told = [_shortest(story, length - spare, grounds)]
    told.sort(key=story.index)
    count = _without_padding(count, length, told, grounds.scenario)
    roles = roles_of(grounds.scenario, count, offer=priced, proof=_can_prove(told))
    if not told and count == 2:
        roles = (SceneRole.hook, SceneRole.cta)  # a few seconds hold no more than the name and the close
    facts = _spread(roles, told, grounds.language)
    _place_closing(roles, facts, closing)
    slots = _timed(roles, facts, grounds, length)
    used = {fact for slot in slots for fact in slot.facts}
    dropped = tuple(fact.id for fact in grounds.of_kind("point", "claim", "price", "was") if fact.id not in used)
    return Plan(slots=_with_abouts(slots, [fact.id for fact in told]), length_s=length, dropped=dropped)


def roles_of(scenario: Scenario, count: int, *, offer: bool, proof: bool) -> tuple[SceneRole, ...]:
    """`count` roles in the order of the scenario; the roles that may repeat take what is left."""
    r = SceneRole
    if scenario is Scenario.ecommerce:
        head = [r.hook] + ([r.pain] if count >= 5 else [])
        tail = ([r.proof] if proof and count >= 6 else []) + ([r.offer] if offer and count >= 4 else []) + [r.cta]
        repeated = r.benefit
    elif scenario is Scenario.news:
        head = [r.hook, r.what]
        tail = ([r.impact] if count >= 5 else []) + ([r.cta] if count >= 3 else [])
        repeated = r.detail
    else:
        head = [r.hook, r.concept]
        tail = ([r.example] if count >= 6 else []) + ([r.cta] if count >= 3 else [])
        repeated = r.step
    return tuple(head + [repeated] * (count - len(head) - len(tail)) + tail)


def body_of(roles: tuple[SceneRole, ...]) -> tuple[int, ...]:
    """Indices of the scenes that tell the facts; in a video of two scenes the opening has to."""
    outer = {SceneRole.hook, SceneRole.pain, SceneRole.offer, SceneRole.cta}
    return tuple(index for index, role in enumerate(roles) if role not in outer) or (0,)


def _scene_count(length: Fraction, story: list[Fact], language: Language) -> int:
    average = _pace(float(length))
    if story:
        typical = sorted(speech.seconds(fact.text, language) for fact in story)[len(story) // 2] + _LEAD_S
        average = min(max(average, float(typical)), 3.75 if length <= 15 else 5.0 if length <= 30 else float(LONGEST_S))
    return max(2, min(round(float(length) / average), math.floor(length / SHORTEST_S)), math.ceil(length / LONGEST_S))


def _without_padding(count: int, length: Fraction, told: list[Fact], scenario: Scenario) -> int:
    """Over half a minute, few facts make fewer and longer scenes rather than many that only dwell."""
    if length <= 30:
        return count
    outer = count - len(body_of(roles_of(scenario, count, offer=True, proof=False)))
    return min(count, max(outer + math.ceil(len(told) * Fraction(3, 2)), math.ceil(length / Fraction(28, 5))))


def _pace(length_s: float) -> float:
    for (left, low), (right, high) in pairwise(_PACE):
        if length_s <= right:
            return low + (high - low) * (length_s - left) / (right - left)
    return _PACE[-1][1]


def _closing_facts(grounds: Grounds, story: list[Fact], priced: bool) -> list[Fact]:
    """What is said besides the story: the price with its former one, and the phrases that have to be spoken."""
    spoken = "".join(fact.text for fact in story).casefold()
    prices = list(grounds.of_kind("price")) if priced else []
    return prices + [fact for fact in grounds.of_kind("must_say") if fact.text.casefold() not in spoken or fact.text not in spoken]


def _refuse_overfull(grounds: Grounds, closing: list[Fact], length: Fraction) -> None:
    needed = _seconds(closing, grounds.language)
    if needed > length * Fraction(19, 20):
        field = "/product/must_say" if any(fact.kind == "must_say" for fact in closing) else "/length_s"
        raise InvalidInput(
            f"what has to be said takes about {math.ceil(needed)} s, the video has {grounds.length_s}",
            code="brief.length_too_short",
            field=field,
        )


def _seconds(facts: list[Fact], language: Language) -> Fraction:
    return sum((speech.seconds(fact.text, language) for fact in facts), Fraction(0))


def _body_share(scenario: Scenario, count: int) -> Fraction:
    roles = roles_of(scenario, count, offer=scenario is Scenario.ecommerce, proof=False)
    share = Fraction(len(body_of(roles)), count)
    return share if count > 2 else Fraction(11, 20)


def _by_weight(story: list[Fact], count: int) -> list[Fact]:
    """The order of the brief, but one claim goes before the fourth point where there is room for a scene of proof."""
    points = [fact for fact in story if fact.kind != "claim"]
    claims = [fact for fact in story if fact.kind == "claim"]
    return points[:3] + claims[:1] + points[3:] + claims[1:] if count >= 6 else points + claims


def _shortest(story: list[Fact], room_s: Fraction, grounds: Grounds) -> Fact:
    fact = min(story, key=lambda fact: speech.seconds(fact.text, grounds.language))
    if speech.seconds(fact.text, grounds.language) > room_s * Fraction(7, 10):
        raise InvalidInput(
            f"no selling point can be said within a video of {grounds.length_s} s", code="brief.length_too_short", field="/length_s"
        )
    return fact


def _that_fit(story: list[Fact], room_s: Fraction, language: Language) -> list[Fact]:
    """In order of weight; one that is too long is passed over, never cut."""
    told: list[Fact] = []
    left = room_s * _ROOM
    for fact in story:
        needed = speech.seconds(fact.text, language) + (Fraction(3, 10) if told else 0)
        if needed <= left:
            told.append(fact)
            left -= needed
    return told


def _can_prove(told: list[Fact]) -> bool:
    return len(told) > 1 and told[-1].kind == "claim"


def _spread(roles: tuple[SceneRole, ...], told: list[Fact], language: Language) -> dict[int, list[str]]:
    """Facts to scenes, in order: several to a scene where there are more facts, evenly apart where there are fewer."""
    body = body_of(roles)
    facts: dict[int, list[str]] = {index: [] for index in range(len(roles))}
    closes = roles[body[-1]]
    if closes is SceneRole.proof and len(told) > 1:
        facts[body[-1]].append(told[-1].id)
        told, body = told[:-1], body[:-1]
    elif closes in {SceneRole.impact, SceneRole.example} and len(told) < len(body):
        body = body[:-1]  # it looks back on what was told, and needs no fact
    if len(told) <= len(body):
        for position, fact in enumerate(told):
            facts[body[position * len(body) // len(told)]].append(fact.id)
    else:
        for index, group in zip(body, _even_groups(told, len(body), language), strict=True):
            facts[index] += [fact.id for fact in group]
    return facts


def _even_groups(told: list[Fact], count: int, language: Language) -> list[list[Fact]]:
    """`told` in `count` runs, the longest of them as short as can be (the linear partition problem, by its recurrence)."""
    lengths = [speech.seconds(fact.text, language) for fact in told]

    @cache
    def longest(end: int, groups: int) -> tuple[Fraction, int]:
        """Longest of `groups` runs over the first `end` facts, and where the last one begins."""
        if groups == 1:
            return sum(lengths[:end], Fraction(0)), 0
        return min((max(longest(start, groups - 1)[0], sum(lengths[start:end], Fraction(0))), start) for start in range(groups - 1, end))

    runs: list[list[Fact]] = []
    end = len(told)
    for groups in range(count, 0, -1):
        start = longest(end, groups)[1]
        runs.append(told[start:end])
        end = start
    return runs[::-1]


def _place_closing(roles: tuple[SceneRole, ...], facts: dict[int, list[str]], closing: list[Fact]) -> None:
    """The price goes to the offer or the close; phrases that have to be spoken to the end, one a scene, backwards."""
    price_at = roles.index(SceneRole.offer) if SceneRole.offer in roles else len(roles) - 1
    for fact in closing:
        if fact.kind != "must_say":
            facts[price_at].append(fact.id)
    backwards = [index for index in reversed(range(len(roles))) if roles[index] not in {SceneRole.hook, SceneRole.pain}]
    backwards += [index for index in range(len(roles)) if index not in backwards]
    for position, fact in enumerate(fact for fact in closing if fact.kind == "must_say"):
        facts[backwards[position % len(backwards)]].append(fact.id)


def _timed(roles: tuple[SceneRole, ...], facts: dict[int, list[str]], grounds: Grounds, length: Fraction) -> tuple[Slot, ...]:
    average = length / len(roles)
    wanted, floors, ceilings = [], [], []
    for index, role in enumerate(roles):
        needed = _seconds([grounds.fact(fact) for fact in facts[index]], grounds.language)
        needed = needed + _LEAD_S / 2 if needed else needed
        wanted.append(max(average * _WEIGHTS.get(role, Fraction(1)), needed))
        floors.append(SHORTEST_S)
        ceilings.append(max(LONGEST_S, needed * Fraction(5, 4)))
    shares = share_out(length, wanted, floors, ceilings)
    return tuple(Slot(index=index, role=role, target_s=shares[index], facts=tuple(facts[index])) for index, role in enumerate(roles))


def share_out(length: Fraction, wanted: list[Fraction], floors: list[Fraction], ceilings: list[Fraction]) -> list[Fraction]:
    """`length` in proportion to `wanted`, within the bounds where they allow it, in tenths of a second that add up exactly."""
    shares = [length * want / sum(wanted) for want in wanted]
    for _ in range(len(wanted)):
        bounded = [min(max(share, low), high) for share, low, high in zip(shares, floors, ceilings, strict=True)]
        rest = length - sum(bounded)
        free = [i for i, (a, b) in enumerate(zip(floors, ceilings, strict=True)) if (bounded[i] < b if rest > 0 else bounded[i] > a)]
        shares = bounded
        if not rest or not free:
            break
        for i in free:
            shares[i] += rest / len(free)
    return _in_tenths(shares, length)


def _in_tenths(shares: list[Fraction], length: Fraction) -> list[Fraction]:
    """Largest remainders: every share moves by less than a tenth, the sum not at all (the odd rest of `length` goes to the last)."""
    tenths = [math.floor(share * 10) for share in shares]
    missing = math.floor(length * 10) - sum(tenths)
    order = sorted(range(len(shares)), key=lambda i: (tenths[i] - shares[i] * 10, i))
    for i in order[:missing]:
        tenths[i] += 1
    parts = [Fraction(value, 10) for value in tenths]
    parts[-1] += length - sum(parts)
    return parts


def _with_abouts(slots: tuple[Slot, ...], told: list[str]) -> tuple[Slot, ...]:
    """Scenes between two facts dwell on the one before."""
    body = set(body_of(tuple(slot.role for slot in slots)))
    current = told[0] if told else None
    out = []
    for slot in slots:
        mine = [fact for fact in slot.facts if fact in told]
        current = mine[-1] if mine else current
        dwells = slot.index in body or slot.role is SceneRole.pain
        out.append(replace(slot, about=current) if dwells else slot)
    return tuple(out)
