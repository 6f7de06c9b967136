from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from libs.common.media.brief import Brief, Language, Price, Product, Scenario, Tone
from libs.common.media.errors import InvalidInput
from libs.common.media.storyboard import SceneRole
from services.scripts.check import check_script, failures
from services.scripts.checks.draft import Draft
from services.scripts.facts import grounds_of
from services.scripts.phrases import says
from services.scripts.plan import make_plan
from services.scripts.template.compose import compose

Write = Callable[[Brief], Draft]
LENGTHS = (5, 10, 15, 30, 60, 180)


@pytest.mark.parametrize("length_s", LENGTHS)
def test_scripts_of_every_scenario_language_and_length_pass_every_check(subject: dict[str, Any], length_s: int, draft_of: Write) -> None:
    for tone in (subject.get("tone", Tone.warm), Tone.warm):
        assert failures(check_script(draft_of(Brief(**{**subject, "length_s": length_s, "tone": tone})))) == ()


points = {
    Language.zh: (
        "轻巧便携",
        "充电一次用12小时",
        "采用食品级硅胶",
        "支持一键清洗",
        "噪音低于35分贝",
        "可以折叠收纳",
        "表面做了防刮处理",
        "送三个替换头",
    ),
    Language.en: (
        "Weighs 180 grams",
        "Runs 12 hours on a charge",
        "Food-grade silicone",
        "Rinses clean in seconds",
        "Quieter than 35 decibels",
        "Folds flat",
        "Scratch-resistant finish",
        "Comes with three spare heads",
    ),
}


@st.composite
def generated(draw: st.DrawFn) -> Brief:
    language = draw(st.sampled_from(Language))
    told = draw(st.lists(st.sampled_from(points[language]), min_size=2, max_size=8, unique=True))
    zh = language is Language.zh
    product = Product(
        name=draw(st.sampled_from(("小岛洁面仪", "云朵加湿器Pro") if zh else ("Tideway Brush", "Cloud Mist 2"))),
        category=draw(st.sampled_from((None, "洁面仪", "家居") if zh else (None, "face brush", "home"))),
        selling_points=tuple(told),
        claims=draw(st.sampled_from(((), ("通过500小时连续运行测试",)) if zh else ((), ("Tested for 500 hours without a break",)))),
        price=draw(st.sampled_from((None, Price(amount=Decimal("129.9")), Price(amount=Decimal(99), was=Decimal(159))))),
    )
    return Brief(
        product=product,
        language=language,
        audience=draw(st.sampled_from((None, "大学生" if zh else "students"))),
        tone=draw(st.sampled_from(Tone)),
        scenario=draw(st.sampled_from(Scenario)),
        length_s=draw(st.sampled_from(LENGTHS)),
        seed=draw(st.integers(0, 99)),
    )


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(brief=generated())
def test_generated_briefs_give_scripts_that_pass_every_check(draft_of: Write, brief: Brief) -> None:
    assert failures(check_script(draft_of(brief))) == ()


def test_equal_briefs_give_equal_scripts_and_another_seed_another(cup: Callable[..., Brief], draft_of: Write) -> None:
    assert draft_of(cup()).scenes == draft_of(cup()).scenes
    told = {tuple(scene.narration for scene in draft_of(cup(seed=seed)).scenes) for seed in range(5)}
    assert len(told) >= 4


def test_a_new_price_changes_the_scene_of_the_price_alone(cup: Callable[..., Brief], cup_zh: Product, draft_of: Write) -> None:
    before = draft_of(cup()).scenes
    price = Price(amount=Decimal(189), was=Decimal(299))
    after = draft_of(cup(product=replace(cup_zh, price=price))).scenes

    assert [old.role for old, new in zip(before, after, strict=True) if old != new] == [SceneRole.offer]


@pytest.mark.parametrize("tone", Tone)
def test_tones_sound_different(tone: Tone, cup: Callable[..., Brief], draft_of: Write) -> None:
    mine = draft_of(cup(tone=tone)).scenes
    others = [draft_of(cup(tone=other)).scenes for other in Tone if other is not tone]

    assert all(any(a.narration != b.narration for a, b in zip(mine, other, strict=True)) for other in others)


@pytest.mark.parametrize("language", Language)
def test_no_line_is_repeated_however_long_the_video(language: Language, cup_zh: Product, cup_en: Product, draft_of: Write) -> None:
    product = cup_en if language is Language.en else cup_zh
    few = replace(product, selling_points=product.selling_points[:1], claims=(), must_say=())
    for scenario in Scenario:
        scenes = draft_of(Brief(product=few, language=language, scenario=scenario, length_s=180)).scenes
        lines = [line for scene in scenes for line in scene.narration.replace("！", "。").replace("?", ".").replace("!", ".").split("。")]
        sentences = [sentence.strip() for line in lines for sentence in line.split(". ") if sentence.strip()]

        assert len(sentences) == len(set(sentences))


def test_times_follow_the_words_and_add_up_exactly(draft: Draft) -> None:
    assert sum((scene.target_s for scene in draft.scenes), Fraction(0)) == 30
    assert all(scene.target_s >= Fraction(6, 5) for scene in draft.scenes)


def test_facts_are_word_for_word(draft: Draft) -> None:
    for slot, scene in zip(draft.plan.slots, draft.scenes, strict=True):
        for fact in map(draft.grounds.fact, slot.facts):
            assert fact.text.casefold() in scene.narration.casefold()


def test_what_is_to_be_seen_is_two_sentences_and_three_to_five_words(draft: Draft) -> None:
    stop = "。" if draft.grounds.language is Language.zh else "."
    for scene in draft.scenes:
        assert scene.visual_query.count(stop) == 2
        assert 3 <= len(scene.keywords) <= 5
    queries = [scene.visual_query for scene in draft.scenes]
    assert len(set(queries)) == len(queries)


def test_forbidden_phrases_make_way(cup: Callable[..., Brief], cup_zh: Product, draft_of: Write) -> None:
    usual = " ".join(scene.narration for scene in draft_of(cup()).scenes)
    banned = tuple(word for word in ("链接", "重点", "还有", "另外", "现在") if word in usual)
    scenes = draft_of(cup(product=replace(cup_zh, must_not_say=banned))).scenes

    assert banned
    assert not any(says(scene.narration + scene.on_screen_text, phrase) for scene in scenes for phrase in banned)


def test_a_name_that_must_not_be_said_is_refused(cup: Callable[..., Brief], cup_zh: Product, draft_of: Write) -> None:
    with pytest.raises(InvalidInput) as refused:
        draft_of(cup(product=replace(cup_zh, must_not_say=("无关", "保温杯"))))

    assert (refused.value.code, refused.value.field) == ("brief.must_not_say_conflict", "/product/must_not_say/1")


def test_the_template_ends_what_another_began(subject: dict[str, Any]) -> None:
    grounds = grounds_of(Brief(length_s=30, **subject))
    plan = make_plan(grounds)
    whole = compose(grounds, plan)
    for written in range(1, len(whole)):
        begun = [replace(scene, target_s=slot.target_s) for scene, slot in zip(whole[:written], plan.slots, strict=False)]
        rest = compose(grounds, plan, begun)
        draft = Draft(grounds, plan, [*begun, *rest])

        assert [scene.index for scene in rest] == list(range(written, len(whole)))
        assert {check.code for check in failures(check_script(draft))} <= {"scene.budget"}
