from __future__ import annotations

import pytest

from libs.common.media.brief import Language
from services.scripts.speech import seconds, units


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [("24", 3, 2), ("199", 5, 4), ("105", 4, 3), ("12", 2, 1), ("10000", 2, 2), ("0.5", 3, 3), ("24%", 6, 3), ("¥199", 6, 5), ("40", 2, 1)],
)
def test_digits_cost_what_they_are_read_as(text: str, zh: int, en: int) -> None:
    assert (units(text, Language.zh), units(text, Language.en)) == (zh, en)


def test_punctuation_is_free_and_acronyms_are_spelt() -> None:
    assert units("你好，世界。", Language.zh) == 4
    assert units("USB接口", Language.zh) == 5
    assert units("Hot, cold: it's fine.", Language.en) == 4


def test_twenty_characters_take_about_five_seconds() -> None:
    assert float(seconds("字" * 20, Language.zh)) == pytest.approx(5.06, abs=0.01)
