from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from libs.common.media.brief import Language
from services.composition.phrases import captions

FPS = Fraction(30)


def spoken(bench, texts, *, pace_s=0.2, start_s=0.1):
    words, at = [], start_s
    for text in texts:
        if text[0] in "，。！？、；：… ":
            words.append(bench.mark(text))
            at += 0.15
        else:
            words.append(bench.word(text, at, at + pace_s * len(text)))
            at += pace_s * len(text)
    return words


def phrased(bench, texts, *, frames=300, language=Language.zh, **how):
    return captions(spoken(bench, texts, **how), length=frames, rate=FPS, language=language)


WORDS = st.lists(
    st.sampled_from(["热水", "晚上", "还是", "烫", "的", "不锈钢", "iPhone", "199", "¥299", "，", "。", "、", "！", " "]), max_size=40
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=WORDS, frames=st.integers(1, 400), pace_s=st.sampled_from([0.001, 0.02, 0.2, 0.5]))
def test_phrases_stay_in_the_scene_in_order_and_lose_no_word(bench, texts, frames, pace_s):
    found = phrased(bench, texts, frames=frames, pace_s=pace_s)
    at = 0
    for caption in found:
        assert caption.start >= at
        at = caption.start + caption.length
        assert caption.length >= 1
        word_at = caption.start
        for word in caption.words:
            assert word.start >= word_at
            assert word.length >= 1
            word_at = word.start + word.length
        assert word_at <= at
    assert at <= frames
    said = "".join(text for text in texts if text[0] not in "，。！？、；：… ")
    assert "".join(char for caption in found for char in caption.text if char not in "，。！？、；：… ") == said


def test_a_phrase_breaks_at_punctuation_which_is_dropped(bench):
    found = phrased(bench, ["早上", "倒进", "滚烫的", "热水", "，", "晚上", "回家", "还是", "烫的", "。"])
    assert [caption.text for caption in found] == ["早上倒进滚烫的热水", "晚上回家还是烫的"]


def test_questions_and_exclamations_keep_their_marks(bench):
    found = phrased(bench, ["你家", "的", "杯子", "保温", "吗", "？", "现在", "就来", "看看", "吧", "！"])
    assert [caption.text for caption in found] == ["你家的杯子保温吗？", "现在就来看看吧！"]


def test_a_long_clause_breaks_at_a_word_into_even_parts(bench):
    found = phrased(bench, ["这款", "保温杯", "采用", "三一六", "不锈钢", "内胆", "安全", "放心"])
    widths = [len(caption.text) for caption in found]
    assert max(widths) <= 14
    assert min(widths) >= 6


def test_a_short_clause_joins_its_neighbour_with_a_blank(bench):
    found = phrased(bench, ["今天", "，", "现货", "包邮"])
    assert [caption.text for caption in found] == ["今天 现货包邮"]


def test_a_number_keeps_its_unit(bench):
    found = phrased(bench, ["保温", "时间", "实测", "达到", "足足", "12", "小时", "以上", "真的", "很", "给力"])
    assert all(not caption.text.endswith("12") for caption in found)


def test_english_phrases_have_at_most_seven_words(bench):
    text = "Pour in hot water at eight in the morning and it still steams when you get home"
    tokens = [token for word in text.split(" ") for token in (word, " ")]
    found = phrased(bench, tokens, language=Language.en, pace_s=0.06)
    assert all(len(caption.words) <= 7 for caption in found)
    assert all(caption.text == caption.text.strip() for caption in found)
    assert " ".join(caption.text for caption in found) == text


def test_a_phrase_begins_with_its_first_word_and_lingers_after_its_last(bench):
    (found,) = phrased(bench, ["热水", "还烫"], pace_s=0.25, start_s=0.5)
    assert found.start == 15
    assert found.start + found.length == 45 + 6


def test_a_small_gap_is_bridged(bench):
    words = [bench.word("早上倒进热水", 0, 2), bench.mark("。"), bench.word("晚上还是烫的", 2.4, 4)]
    first, second = captions(words, length=150, rate=FPS, language=Language.zh)
    assert first.start + first.length == second.start


def test_words_on_one_frame_become_one(bench):
    words = [bench.word("热", 0.5, 0.505), bench.word("水", 0.505, 0.7)]
    (found,) = captions(words, length=60, rate=FPS, language=Language.zh)
    assert [word.text for word in found.words] == ["热水"]


@pytest.mark.parametrize("texts", [[], ["。"], ["，", " "]])
def test_silence_has_no_captions(bench, texts):
    assert phrased(bench, texts) == ()


def test_an_opening_bracket_belongs_to_the_word_after_it(bench):
    words = [bench.word("读", 0, 0.3), bench.mark("《"), bench.word("论语", 0.3, 0.8), bench.mark("》")]
    (found,) = captions(words, length=60, rate=FPS, language=Language.zh)
    assert [word.text for word in found.words] == ["读", "《论语》"]
