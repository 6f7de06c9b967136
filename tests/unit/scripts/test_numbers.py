from __future__ import annotations

import pytest

from services.scripts.numbers import values


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("24小时", {"24"}),
        ("二十四小时", {"24"}),
        ("twenty-four hours", {"24"}),
        ("三千五百元", {"3500"}),
        ("三千五", {"3500"}),
        ("一万二", {"12000"}),
        ("1.2万", {"12000"}),
        ("一亿三千万", {"130000000"}),
        ("一百零五", {"105"}),
        ("二零二六年", {"2026"}),
        ("三点五", {"3.5"}),
        ("1,299.00元", {"1299"}),
        ("两百", {"200"}),
        ("百分之二十", {"20%"}),
        ("20%", {"20%"}),
        ("twenty percent", {"20%"}),
        ("三成", {"30%"}),
        ("八折", {"8折"}),
        ("85折", {"8.5折"}),
        ("半价", {"5折"}),
        ("one hundred and ninety-nine", {"199"}),
        ("2 million people", {"2000000"}),
        ("thousands of people", {"1000"}),
        ("万人好评", {"10000"}),
        ("316L and USB-C 3.2", {"316", "3.2"}),
        ("９０度", {"90"}),
    ],
)
def test_a_number_has_one_value_however_it_is_written(text: str, wanted: set[str]) -> None:
    assert values(text) == wanted


@pytest.mark.parametrize(
    "text", ["十分好用，一个就够", "第一步", "一目了然", "百搭", "千万别错过", "one by one", "the small ones", "三明治"]
)
def test_idioms_count_nothing(text: str) -> None:
    assert values(text) == frozenset()


def test_chinese_and_arabic_notation_agree_up_to_ten_thousand() -> None:
    digits = "零一二三四五六七八九"

    def written(value: int) -> str:
        out, gap = "", False
        for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = value // place % 10
            if digit:
                out += ("零" if gap and out else "") + digits[digit] + unit
            gap = not digit
        return out

    for value in (*range(2, 1000, 7), *range(1000, 10_000, 331)):
        assert values(written(value)) == {str(value)}, written(value)
