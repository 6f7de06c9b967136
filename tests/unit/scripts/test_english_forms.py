from __future__ import annotations

import pytest

from services.scripts.template.english import Form, capitalised, form_of, is_common_name, is_many, many, mid_sentence, with_article


@pytest.mark.parametrize(
    ("fact", "form"),
    [
        ("Keeps drinks hot for 24 hours", Form.verb),
        ("Weighs just 220 grams", Form.verb),
        ("The battery lasts 30 hours", Form.clause),
        ("One-touch lid opens with one hand", Form.clause),
        ("Rinse the filter first, then brew", Form.clause),
        ("Double-wall stainless steel", Form.phrase),
        ("Dishwasher safe", Form.phrase),
    ],
)
def test_a_fact_says_whether_it_wants_a_subject(fact: str, form: Form) -> None:
    assert form_of(fact) is form


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Double-wall steel", "double-wall steel"),
        ("Swiss movement", "Swiss movement"),
        ("IPX5 rated", "IPX5 rated"),
        ("USB-C port", "USB-C port"),
    ],
)
def test_only_common_words_lose_their_capital(text: str, inside: str) -> None:
    assert mid_sentence(text) == inside


def test_sentences_begin_with_capitals_but_iphones_do_not() -> None:
    assert capitalised("it works. really? iPhone users agree. yes") == "It works. Really? iPhone users agree. Yes"


@pytest.mark.parametrize(
    ("category", "article", "plural"),
    [
        ("Insulated bottle", "an insulated bottle", "insulated bottles"),
        ("USB charger", "a USB charger", "USB chargers"),
        ("wireless earbuds", "", "wireless earbuds"),
        ("coffee", "", "coffee"),
        ("Kitchen", "", ""),
        ("watch", "a watch", "watches"),
        ("battery", "a battery", "batteries"),
    ],
)
def test_categories_take_the_article_and_plural_they_have(category: str, article: str, plural: str) -> None:
    assert (with_article(category), many(category)) == (article, plural)


def test_things_and_names_are_told_apart() -> None:
    assert is_common_name("Insulated travel mug")
    assert not is_common_name("ThermoCup Pro")
    assert not is_common_name("Bose")


def test_one_of_the_many_needs_a_plural() -> None:
    assert is_many("busy parents")
    assert is_many("people")
    assert not is_many("anyone who commutes")
