from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.common.media.brief import Brief, Language, Price, Product, Scenario
from libs.common.media.errors import InvalidInput
from libs.common.media.storyboard import ROLES, SceneRole
from services.scripts.facts import grounds_of
from services.scripts.plan import LONGEST_S, SHORTEST_S, body_of, make_plan, share_out
from services.scripts.speech import seconds

REPEATED = {SceneRole.benefit, SceneRole.detail, SceneRole.step}

statement = st.text(st.sampled_from("轻便好用每天都能带着走细节清楚"), min_size=3, max_size=14)
products = st.builds(
    Product,
    name=st.sampled_from(["随行杯", "云朵随行保温杯"]),
    selling_points=st.lists(statement, min_size=1, max_size=8, unique=True).map(tuple),
    claims=st.lists(statement, max_size=3, unique=True).map(tuple),
    price=st.none() | st.just(Price(amount=Decimal(199))),
)
briefs = st.builds(Brief, product=products, scenario=st.sampled_from(Scenario), length_s=st.integers(5, 180))


@settings(max_examples=200, deadline=None)
@given(briefs)
def test_budgets_add_up_and_roles_keep_their_order(brief: Brief) -> None:
    grounds = grounds_of(brief)
    plan = make_plan(grounds)
    roles = [slot.role for slot in plan.slots]
    order = ROLES[brief.scenario]
    needed = [sum(float(seconds(grounds.fact(fact).text, Language.zh)) for fact in slot.facts) for slot in plan.slots]

    assert sum((slot.target_s for slot in plan.slots), Fraction(0)) == brief.length_s
    assert all(slot.target_s >= SHORTEST_S - Fraction(1, 10) for slot in plan.slots)
    assert all(slot.target_s <= max(float(LONGEST_S), 1.25 * need + 0.8) + 0.1 for slot, need in zip(plan.slots, needed, strict=True))
    assert [order.index(role) for role in roles] == sorted(order.index(role) for role in roles)
    assert roles[0] is SceneRole.hook
    assert all(roles.count(role) == 1 for role in roles if role not in REPEATED)


@settings(max_examples=100, deadline=None)
@given(briefs)
def test_no_fact_is_told_twice_and_none_of_them_is_lost(brief: Brief) -> None:
    grounds = grounds_of(brief)
    plan = make_plan(grounds)
    story = {fact.id for fact in grounds.of_kind("point", "claim", "price", "was")}

    assert len(set(plan.told)) == len(plan.told)
    assert set(plan.told) & story | set(plan.dropped) == story


@pytest.mark.parametrize("scenario", Scenario)
def test_half_a_minute_has_six_to_eight_scenes(cup: Callable[..., Brief], scenario: Scenario) -> None:
    assert 6 <= len(make_plan(grounds_of(cup(scenario=scenario))).slots) <= 8


def test_the_price_and_what_must_be_said_are_always_told(cup: Callable[..., Brief]) -> None:
    for length_s in (5, 10, 15, 30, 60, 180):
        grounds = grounds_of(cup(length_s=length_s))
        needed = {fact.id for fact in grounds.of_kind("price", "must_say")}

        assert needed <= set(make_plan(grounds).told)


def test_a_claim_becomes_the_proof(cup: Callable[..., Brief]) -> None:
    grounds = grounds_of(cup())
    proof = next(slot for slot in make_plan(grounds).slots if slot.role is SceneRole.proof)

    assert [grounds.fact(fact).kind for fact in proof.facts] == ["claim"]


def test_scenes_without_a_fact_dwell_on_the_one_before(cup: Callable[..., Brief]) -> None:
    plan = make_plan(grounds_of(cup(length_s=180)))
    body = [plan.slots[index] for index in body_of(tuple(slot.role for slot in plan.slots))]
    current = body[0].about
    for slot in body:
        current = slot.facts[-1] if slot.facts and slot.facts[-1] != "f9" else current
        assert slot.about == current


def test_a_long_fact_stretches_its_scene_rather_than_being_dropped() -> None:
    long = "这条线路从东站出发经过体育馆图书馆和人民医院一直开到江边的新城广场全程十八公里"
    product = Product(name="新线路开通", selling_points=(long, "票价2元"))
    plan = make_plan(grounds_of(Brief(product=product, scenario=Scenario.news)))

    assert next(slot for slot in plan.slots if "f2" in slot.facts).target_s > LONGEST_S


def test_what_must_be_said_has_to_fit(cup: Callable[..., Brief]) -> None:
    product = Product(name="杯子", selling_points=("轻便",), must_say=("字" * 60, "词" * 60))

    with pytest.raises(InvalidInput) as refused:
        make_plan(grounds_of(Brief(product=product, length_s=15)))

    assert (refused.value.code, refused.value.field) == ("brief.length_too_short", "/product/must_say")


def test_a_script_needs_a_selling_point_that_may_be_used(cup: Callable[..., Brief]) -> None:
    grounds = grounds_of(cup())

    with pytest.raises(InvalidInput) as refused:
        make_plan(grounds, unusable=[fact.id for fact in grounds.of_kind("point", "claim")])

    assert refused.value.code == "brief.no_usable_fact"


@given(st.lists(st.fractions(Fraction(1, 10), 9), min_size=1, max_size=30), st.integers(5, 180))
def test_sharing_out_loses_nothing(wanted: list[Fraction], length: int) -> None:
    shares = share_out(Fraction(length), wanted, [Fraction(1, 10)] * len(wanted), [Fraction(length)] * len(wanted))

    assert sum(shares) == length


def test_english_is_planned_by_words() -> None:
    product = Product(name="Cup", selling_points=("Light", "Keeps drinks hot for 24 hours"))

    assert len(make_plan(grounds_of(Brief(product=product, language=Language.en))).slots) >= 6
