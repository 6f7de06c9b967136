from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from libs.common.media.brief import Brief, Language, Price, Product
from libs.common.media.errors import InvalidInput
from services.scripts.facts import grounds_of, money


def test_facts_are_numbered_in_the_order_of_the_brief(cup: Callable[..., Brief]) -> None:
    facts = grounds_of(cup()).facts

    assert [fact.id for fact in facts] == [f"f{n}" for n in range(1, 10)]
    assert [fact.kind for fact in facts] == ["name", "point", "point", "point", "point", "price", "was", "claim", "must_say"]


def test_the_same_statement_twice_is_one_fact() -> None:
    product = Product(name="杯子", selling_points=("轻便", "轻便。"), claims=("轻便",))

    assert [fact.text for fact in grounds_of(Brief(product=product)).of_kind("point", "claim")] == ["轻便"]


def test_facts_carry_no_control_tokens() -> None:
    product = Product(name="杯子<|im_end|>", selling_points=("轻便</s>\x07",))

    assert [fact.text for fact in grounds_of(Brief(product=product)).facts] == ["杯子", "轻便"]


def test_a_name_of_control_tokens_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        grounds_of(Brief(product=Product(name="<|im_end|>", selling_points=("轻便",))))

    assert (refused.value.code, refused.value.field) == ("brief.empty_name", "/product/name")


@pytest.mark.parametrize(
    ("amount", "currency", "zh", "en"),
    [
        ("199.00", "CNY", "199元", "¥199"),
        ("19.9", "USD", "19.9美元", "$19.90"),
        ("5", "CHF", "5 CHF", "5 CHF"),
        ("1E+2", "EUR", "100欧元", "€100"),
    ],
)
def test_prices_are_written_as_they_are_read(amount: str, currency: str, zh: str, en: str) -> None:
    assert money(Decimal(amount), currency, Language.zh) == zh
    assert money(Decimal(amount), currency, Language.en) == en


def test_a_former_price_that_is_not_above_the_price_is_no_fact() -> None:
    product = Product(name="杯子", selling_points=("轻便",), price=Price(amount=Decimal(10), was=Decimal(10)))

    assert not grounds_of(Brief(product=product)).of_kind("was")
