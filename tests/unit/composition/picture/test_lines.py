import pytest

from libs.common.media.errors import InvalidInput
from services.composition.bidi import runs_left, visual_order
from services.composition.lines import clusters, may_break, pieces, set_lines


def measure(text, size):
    """A fixed pitch: Chinese is one em, all else half."""
    return sum(size if char > "\u2e80" else size / 2 for char in text)


def lines(words, *, limit, size=10, most=2):
    setting = set_lines(words, measure, size_px=size, limit_px=limit, most=most)
    return ["".join(words[start:end]).strip() for start, end in setting.lines], setting.size_px


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("热水", "晚上", True),
        ("热水", "，", False),
        ("热水", "。", False),
        ("热水", "！", False),
        ("热水", "、", False),
        ("热水", "）", False),
        ("热水", "”", False),
        ("《", "论语", False),
        ("（", "附", False),
        ("¥", "199", False),
        ("12", "小时", False),
        ("20", "%", False),
        ("Pro", "Max", False),
        ("Pro ", "Max", True),
        ("still", " hot", False),
        ("用 ", "iPhone", True),
    ],
)
def test_where_a_line_may_break(before, after, allowed):
    assert may_break(before, after) is allowed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("保温12小时不凉", ["保", "温", "12小时", "不", "凉"]),
        ("早上，晚上", ["早", "上，", "晚", "上"]),
        ("读《论语》吧", ["读", "《论", "语》", "吧"]),
        ("Keeps heat", ["Keeps ", "heat"]),
        ("仅需¥199！", ["仅", "需", "¥199！"]),
        ("iPhone 15 Pro", ["iPhone ", "15 ", "Pro"]),
        ("3.5mm 接口", ["3.5mm ", "接", "口"]),
        ("用 12 小时", ["用 ", "12 小", "时"]),
        ("24 hours", ["24 hours"]),
        ("容量 500毫升", ["容", "量 ", "500毫升"]),
        ("👨‍👩‍👧和🇨🇳", ["👨‍👩‍👧", "和", "🇨🇳"]),
        ("е́ж и кот", ["е́ж ", "и ", "кот"]),
    ],
)
def test_pieces_of_a_text(text, found):
    assert pieces(text) == found


def test_one_line_where_it_fits():
    assert lines(["早上", "热水"], limit=40) == (["早上热水"], 10)


def test_two_lines_are_even():
    assert lines(["早上", "倒进", "热水", "晚上", "还", "烫"], limit=60)[0] == ["早上倒进热水"[:6], "晚上还烫"]


def test_no_third_line_but_smaller_type():
    found, size = lines(["早上", "倒进", "热水", "晚上", "还是", "烫的"], limit=40)
    assert len(found) == 2
    assert 5 < size < 10


def test_a_long_latin_word_is_never_broken():
    found, size = lines(["Supercalifragilistic"], limit=60)
    assert found == ["Supercalifragilistic"]
    assert measure(found[0], size) <= 60


def test_a_line_never_begins_with_a_closing_mark():
    words = pieces("热水热水热水热，水热水热")
    found, _ = lines(words, limit=70)
    assert not found[1].startswith("，")


def test_lines_end_where_clauses_do_if_that_is_not_too_uneven():
    assert lines(pieces("今天下单，明天喝上热水"), limit=80)[0] == ["今天下单，", "明天喝上热水"]
    assert lines(pieces("好，明天早上就能喝上热水"), limit=90)[0][0] != "好，"


def test_type_never_gets_smaller_than_the_least_size():
    with pytest.raises(InvalidInput) as refused:
        set_lines(pieces("字" * 100), measure, size_px=10, limit_px=60, least_px=6)
    assert refused.value.code == "edit.text_too_long"
    exact = set_lines(pieces("字" * 20), measure, size_px=10, limit_px=60, least_px=6)
    assert exact.size_px == 6


def test_five_hundred_characters_are_divided_at_once():
    """Feasibility of many lines is a matter of milliseconds, not of all the ways to break."""
    setting = set_lines(pieces("保温杯" * 170), measure, size_px=10, limit_px=300, most=20)
    assert len(setting.lines) == 17


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (["سعر ", "الكوب ", "199 ", "ريال"], [3, 2, 1, 0]),
        (["קנו ", "iPhone ", "15 ", "Pro ", "עכשיו"], [4, 1, 2, 3, 0]),
        (["buy ", "قهوة ", "now"], [0, 1, 2]),
        (["早上", "热水"], [0, 1]),
    ],
)
def test_words_stand_in_the_order_in_which_they_are_read(words, order):
    assert visual_order(words, leftwards=runs_left("".join(words))) == order


def test_clusters_are_what_a_reader_counts():
    assert clusters("a👨‍👩‍👧🇨🇳🇺🇸👍🏽é") == ["a", "👨‍👩‍👧", "🇨🇳", "🇺🇸", "👍🏽", "é"]
