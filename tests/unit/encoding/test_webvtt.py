from collections.abc import Callable
from fractions import Fraction

from libs.common.media.sound import Utterance
from libs.common.media.timeline import Cut
from services.encoding.webvtt import Cue, cues, time_stamp, webvtt

GOLDEN = """WEBVTT

1
00:00:00.100 --> 00:00:00.433
手冲壶，

2
00:00:01.033 --> 00:00:02.000
只要 &lt;¥199&gt; &amp; 包邮 --&gt; 快
"""


def test_phrases_of_the_cuts_become_cues_at_their_frames(make_cut: Callable[..., Cut], make_utterance: Callable[..., Utterance]):
    cuts = (make_cut(0, 31, (3, 10, "手冲壶，")), make_cut(1, 40, (0, 29, " 只要 <¥199> & 包邮\n--> 快")))

    captions = cues(cuts, (make_utterance(0, 31), make_utterance(1, 40)))

    assert webvtt(captions, Fraction(30)).decode() == GOLDEN


def test_without_drawn_captions_the_spoken_words_make_the_phrases(make_cut: Callable[..., Cut], make_utterance: Callable[..., Utterance]):
    cuts = (make_cut(0, 90),)

    captions = cues(cuts, (make_utterance(0, 90, "Good ", "coffee. ", "At ", "home."),))

    assert captions == (Cue(start=3, end=14, text="Good coffee. "), Cue(start=15, end=26, text="At home."))


def test_a_long_phrase_without_punctuation_is_broken(make_cut: Callable[..., Cut], make_utterance: Callable[..., Utterance]):
    words = tuple("一二三四五六七八九十" * 2)

    captions = cues((make_cut(0, 200),), (make_utterance(0, 200, *words),))

    assert len(captions) == 2
    assert "".join(cue.text for cue in captions) == "".join(words)
    assert captions[0].end <= captions[1].start


def test_times_are_rounded_once_so_that_neighbours_meet():
    rate = Fraction(30_000, 1_001)

    assert time_stamp(0, rate) == "00:00:00.000"
    assert time_stamp(1, rate) == "00:00:00.033"
    assert time_stamp(107_892, rate) == "00:59:59.996"
    assert time_stamp(107_893, rate) == "01:00:00.030"


def test_blank_phrases_make_no_cue(make_cut: Callable[..., Cut], make_utterance: Callable[..., Utterance]):
    assert cues((make_cut(0, 31, (3, 10, "  ")),), (make_utterance(0, 31),)) == ()
