from __future__ import annotations

import pytest

from libs.common.media.brief import Language
from services.scripts.numbers import values
from services.scripts.onscreen import LIMIT, short_title, size


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("24小时长效保温", "24小时长效保温"),
        ("净重只有220克，包里几乎没有存在感", "净重只有220克"),
        ("首批投入40辆新能源公交车，全部为低地板设计", "投入40辆新能源公交车"),
        ("水温保持在90到93摄氏度之间", "90到93摄氏度之间"),
    ],
)
def test_chinese_titles_keep_the_number_with_its_unit(text: str, title: str) -> None:
    assert short_title(text, Language.zh) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Keeps drinks hot for 24 hours", "drinks hot for 24 hours"),
        ("Double-wall stainless steel with a powder-coated finish", "Double-wall stainless steel"),
        ("The city approved 40 new electric buses for the northern districts", "approved 40 new electric buses"),
        ("Independent lab test: 5,000 open-close cycles without a leak", "5,000 open-close cycles"),
    ],
)
def test_english_titles_are_whole_phrases(text: str, title: str) -> None:
    assert short_title(text, Language.en) == title


@pytest.mark.parametrize(
    "text", ["一次充电可以连续播放音乐38小时而且不发烫不卡顿", "耗时1000天打磨出来的38毫米超薄一体成型铝合金机身", "12345678901234567890"]
)
def test_a_number_is_never_cut(text: str) -> None:
    title = short_title(text, Language.zh)

    assert values(title) <= values(text)
    assert size(title, Language.zh) <= LIMIT[Language.zh]
