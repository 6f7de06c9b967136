"""The data of the template, line by line: what is in it is spoken to customers' audiences."""

from __future__ import annotations

import re

import pytest

from libs.common.media.brief import Language, Scenario, Tone
from libs.common.media.storyboard import ROLES
from services.scripts.numbers import values
from services.scripts.superlatives import superlatives
from services.scripts.template.lines import read, stock
from services.scripts.template.themes import settings, themes

HAN = re.compile(r"[\u3400-\u9fff]")
SLOTS = {
    "name",
    "category",
    "a_category",
    "category_plain",
    "audience",
    "audience_many",
    "fact",
    "Fact",
    "next",
    "Next",
    "price",
    "was",
}
STOCKS = [(language, scenario) for language in Language for scenario in Scenario]


def spoken(language: Language, scenario: Scenario) -> list[str]:
    lines = stock(language, scenario)
    return [*lines.more, *(line for pools in lines.roles.values() for pool in pools.values() for line in pool)]


def of_themes(language: Language) -> list[str]:
    return [line for theme in themes(language) for line in (*theme.pain, *theme.more)]


@pytest.mark.parametrize(("language", "scenario"), STOCKS)
def test_lines_invent_no_number_and_end_like_sentences(language: Language, scenario: Scenario) -> None:
    for line in (*spoken(language, scenario), *of_themes(language)):
        assert not values(re.sub(r"\{\w+\}", " ", line)), line
        assert line[-1] in "。！？.!?", line
        assert set(re.findall(r"\{(\w+)\}", line)) <= SLOTS, line
        assert bool(HAN.search(line)) is (language is Language.zh) or line.count("{") * 8 > len(line) / 2, line


@pytest.mark.parametrize("language", Language)
def test_a_shop_boasts_with_no_superlative(language: Language) -> None:
    for line in (*spoken(language, Scenario.ecommerce), *of_themes(language)):
        assert not superlatives(line), line


@pytest.mark.parametrize(("language", "scenario"), STOCKS)
def test_every_tone_has_openings_of_its_own(language: Language, scenario: Scenario) -> None:
    hooks = stock(language, scenario).roles["hook"]

    assert all(len(hooks[tone.value]) >= 2 for tone in Tone)
    assert len(hooks["any"]) >= 5


@pytest.mark.parametrize(("language", "scenario"), STOCKS)
def test_every_role_has_several_wordings(language: Language, scenario: Scenario) -> None:
    lines = stock(language, scenario)
    pools = {"benefit": "fact_next", "detail": "fact_next", "step": "fact_next"}
    for role in ROLES[scenario]:
        for tone in Tone:
            assert len(lines.lines(pools.get(role.value, role.value), tone)) >= 4, role


@pytest.mark.parametrize(("language", "scenario"), STOCKS)
def test_no_line_is_there_twice(language: Language, scenario: Scenario) -> None:
    lines = spoken(language, scenario)
    bare = [line for line in lines if "{" not in line]

    assert len(bare) == len(set(bare))


def test_both_languages_know_the_same_themes_and_settings() -> None:
    for path in ("themes/themes.yaml", "themes/settings.yaml"):
        assert all(set(entry) == {"zh", "en"} for entry in read(path).values())
    for language in Language:
        pictures = [sentence for theme in themes(language) for sentence in theme.see]
        pictures += [
            line for setting in settings(language).values() for line in (*setting.close, *setting.use, *setting.trouble, *setting.wide)
        ]
        assert not [sentence for sentence in pictures if values(sentence)]
        assert all(setting.close and setting.use and setting.wide and setting.keywords for setting in settings(language).values())
