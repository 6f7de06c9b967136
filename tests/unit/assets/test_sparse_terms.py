"""Words become terms, the same on every machine."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from services.assets import sparse


def test_english_loses_stop_words_and_endings() -> None:
    assert sparse.terms("A woman is pouring hot coffees into glasses") == ["e:woman", "e:pour", "e:hot", "e:coffe", "e:glass"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("run", "running"), ("city", "cities"), ("bake", "baking"), ("box", "boxes"), ("dog's", "dogs"), ("stopped", "stop"), ("Ｃup", "cup")],
)
def test_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert sparse.terms(one) == sparse.terms(other)


@pytest.mark.parametrize(("one", "other"), [("bus", "busy"), ("glass", "glad"), ("ring", "r"), ("red", "reed")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert sparse.terms(one) != sparse.terms(other)


def test_chinese_gives_words_and_characters() -> None:
    assert sparse.terms("手冲咖啡") == ["w:手冲", "w:咖啡", "c:手", "c:冲", "c:咖", "c:啡"]


def test_traditional_and_simplified_are_the_same() -> None:
    assert sparse.terms("廚房裡煮咖啡") == sparse.terms("厨房里煮咖啡")


def test_both_languages_in_one_text_are_both_found() -> None:
    assert {"w:咖啡", "e:latt"} <= set(sparse.terms("一杯拿铁咖啡 Latte"))


def test_numbers_of_terms_never_change() -> None:
    assert [sparse.number_of(term) for term in ("w:咖啡", "e:dog")] == [647426499, 1173679713]


def test_vectors_are_sorted_and_have_each_term_once() -> None:
    vector = sparse.document_vector("dog dog cat 咖啡 咖啡馆")

    assert list(vector.indices) == sorted(set(vector.indices))
    assert len(vector.indices) == len(vector.values)


def test_repeats_count_less_and_less() -> None:
    one, two, three = (
        dict(zip(vector.indices, vector.values, strict=True))[sparse.number_of("e:dog")]
        for vector in (sparse.document_vector("dog " * count + "cat " * (10 - count)) for count in (1, 2, 3))
    )

    assert 0 < three - two < two - one


def test_coverage_is_the_share_of_the_question() -> None:
    assert sparse.coverage("red dog", "a dog sleeps") == pytest.approx(0.5)
    assert sparse.coverage("", "a dog") == 0.0


@pytest.mark.parametrize(("one", "other"), [("Coffee Cups", "coffee cup"), ("咖啡館", "咖啡馆"), ("咖啡 馆", "咖啡馆")])
def test_spellings_of_a_tag_are_one(one: str, other: str) -> None:
    assert sparse.tag_key(one) == sparse.tag_key(other)


def test_a_question_may_mean_its_keywords_and_its_words_as_tags() -> None:
    assert {"steam", "coffe cup", "mug"} <= set(sparse.tag_keys("steam over mugs", ("Coffee Cup",)))


def test_loading_leaves_no_file_behind() -> None:
    before = set(Path(tempfile.gettempdir()).glob("jieba*"))
    sparse._jieba.cache_clear()

    sparse.load()

    assert set(Path(tempfile.gettempdir()).glob("jieba*")) == before
