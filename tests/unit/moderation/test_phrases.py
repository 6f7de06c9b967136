"""Lists of phrases."""

import pytest

from libs.common.media.brief import Scenario
from libs.common.media.errors import InvalidInput
from libs.common.media.review import Decision
from services.moderation.phrases import PhraseList
from services.moderation.rules.lexicon import FOLDER
from services.moderation.views import views_of


def hits(lists, text, scenario=Scenario.ecommerce):
    return [(hit.code, hit.decision, text[hit.start : hit.end]) for hit in PhraseList(lists).find(views_of(text), scenario)]


def test_a_phrase_inside_a_worse_or_equal_one_is_not_told_twice():
    assert hits({"block": {"a": ["全国第一"]}, "review": {"b": ["第一"]}}, "全国第一") == [("a", Decision.block, "全国第一")]


def test_a_worse_phrase_inside_a_milder_one_is_told():
    found = hits({"block": {"a": ["第一"]}, "review": {"b": ["全国第一"]}}, "全国第一")

    assert ("a", Decision.block, "第一") in found


def test_allow_cancels_what_it_covers_and_nothing_more():
    lists = {"review": {"a": ["第一"]}, "allow": ["第一步"]}

    assert hits(lists, "第一步很简单") == []
    assert hits(lists, "第一步之后还是第一") == [("a", Decision.review, "第一")]


def test_lenient_scenarios_go_one_step_down():
    lists = {"lenient": ["news"], "always": {"a": ["甲甲"]}, "block": {"a": ["乙乙"]}, "review": {"a": ["丙丙"]}}

    assert hits(lists, "甲甲 乙乙 丙丙", Scenario.news) == [("a", Decision.block, "甲甲"), ("a", Decision.review, "乙乙")]


def test_a_list_for_some_scenarios_is_silent_in_others():
    assert hits({"scenarios": ["ecommerce"], "block": {"a": ["甲甲"]}}, "甲甲", Scenario.education) == []


def test_latin_phrases_are_whole_words():
    assert hits({"block": {"a": ["porn"]}}, "popcorn pornic porn") == [("a", Decision.block, "porn")]


def test_every_list_of_the_house_says_its_version():
    assert all(path.read_text().find("version: ") >= 0 for path in FOLDER.glob("*.yaml"))
    assert len(list(FOLDER.glob("*.yaml"))) >= 8


@pytest.mark.parametrize("content", ["- a\n- b\n", "blok:\n  a: [x]\n", "block: [x]\n", "scenarios: [tv]\n", "block: {a: [\n"])
def test_a_list_that_cannot_be_read_is_an_error_and_not_an_empty_list(tmp_path, content):
    path = tmp_path / "own.yaml"
    path.write_text(content)

    with pytest.raises(InvalidInput) as caught:
        PhraseList.read(path)

    assert caught.value.code == "moderation.bad_list"
    assert "own.yaml" in caught.value.detail
