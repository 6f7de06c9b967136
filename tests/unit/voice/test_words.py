"""Words on the sample grid."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from libs.common.media.time import SAMPLE_RATE_HZ
from services.voice.normalise import Token
from services.voice.tts.base import Span
from services.voice.words import timed_words

SPANS = st.lists(st.none() | st.tuples(st.integers(0, 60_000), st.integers(0, 9_000)), max_size=12)


@given(found=SPANS, trimmed=st.integers(0, 5_000), lead=st.integers(0, 5_000), end=st.integers(1, 200_000))
def test_times_rise_and_lie_within_the_speech(found, trimmed, lead, end):
    spans = [None if span is None else Span(span[0], span[0] + span[1]) for span in found]
    tokens = [Token(f"w{number} ", "w") for number in range(len(spans))]

    words = timed_words(tokens, spans, from_hz=22_050, trimmed=trimmed, lead=lead, end=end)

    ranges = [(word.spoken.start.value, word.spoken.end.value) for word in words if word.spoken]
    assert all(start < stop <= end for start, stop in ranges)
    assert all(start >= lead for start, _ in ranges)
    assert all(one[1] <= two[0] for one, two in pairwise(ranges))


def test_offsets_count_the_characters_of_the_narration():
    words = timed_words([Token("¥199", "x"), Token("，", "，"), Token("好", "好")], [Span(0, 9), None, Span(9, 20)], from_hz=48_000,
                        trimmed=0, lead=0, end=99)  # fmt: skip

    assert [word.char_start for word in words] == [0, 4, 5]


def test_times_are_on_the_house_grid():
    (word,) = timed_words([Token("a", "a")], [Span(0, 22_050)], from_hz=22_050, trimmed=0, lead=100, end=99_999)

    assert word.spoken.start.rate == Fraction(SAMPLE_RATE_HZ)
    assert (word.spoken.start.value, word.spoken.duration.value) == (100, 48_000)
