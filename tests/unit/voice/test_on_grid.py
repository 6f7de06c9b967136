"""Phrases begin on frames, and only silence is stretched or shortened for it."""

from fractions import Fraction

import numpy as np
import pytest

from services.voice.on_grid import nearest_frame, on_grid
from services.voice.tts.base import Span

RATE = Fraction(30)
FRAME = 1_600


def spoken(*words, length=48_000):
    """Noise where a word is, silence elsewhere."""
    samples = np.zeros(length, np.float32)
    noise = np.random.default_rng(1).uniform(0.1, 0.5, length).astype(np.float32)
    for begin, end in words:
        samples[begin:end] = noise[begin:end]
    return samples


def heard(samples, spans):
    return [samples[span.start : span.end] for span in spans if span is not None]


@pytest.mark.parametrize("begin", [16_000, 15_200, 15_201, 16_799, 17_000])
def test_a_word_after_a_pause_begins_on_the_nearest_frame(begin):
    words = (Span(0, 9_000), None, Span(begin, begin + 6_000))
    samples = spoken((0, 9_000), (begin, begin + 6_000))
    found, placed = on_grid(samples, words, origin=0, rate=RATE)
    assert placed[2].start % FRAME == 0
    assert abs(placed[2].start - begin) <= FRAME // 2
    assert found.size - samples.size == placed[2].start - begin
    for mine, its in zip(heard(found, placed), heard(samples, words), strict=True):
        assert np.array_equal(mine, its)


def test_the_origin_counts():
    words = (Span(0, 9_000), Span(16_000, 20_000))
    _, placed = on_grid(spoken((0, 9_000), (16_000, 20_000)), words, origin=700, rate=RATE)
    assert (placed[1].start + 700) % FRAME == 0
    assert placed[0] == words[0]


def test_words_without_a_pause_between_them_move_together():
    words = (Span(0, 5_000), Span(9_000, 12_000), Span(12_000, 15_100))
    samples = spoken((0, 5_000), (9_000, 12_000), (12_000, 15_100))
    _, placed = on_grid(samples, words, origin=0, rate=RATE)
    assert placed[1].start % FRAME == 0
    assert placed[2].start - placed[1].start == 3_000


def test_a_pause_that_is_counted_to_the_word_before_it_is_found():
    words = (Span(0, 9_100), Span(9_100, 12_000))
    found, placed = on_grid(spoken((0, 5_000), (9_100, 12_000)), words, origin=0, rate=RATE)
    assert placed[1].start % FRAME == 0
    assert placed[0].end <= placed[1].start
    assert np.count_nonzero(found) == 5_000 + 2_900


def test_a_pause_is_never_used_up():
    words = (Span(0, 6_000), Span(8_700, 12_000))  # 56 ms, of which 14 ms would go
    samples = spoken((0, 6_000), (8_700, 12_000))
    for remove in range(0, 800, 100):
        _, placed = on_grid(samples, words, origin=remove, rate=RATE)
        assert placed[1].start - 6_000 >= 960


def test_errors_do_not_add_up():
    begins = [n * 10_301 for n in range(1, 12)]
    words = [Span(begin, begin + 4_000) for begin in begins]
    samples = spoken(*((begin, begin + 4_000) for begin in begins), length=130_000)
    found, placed = on_grid(samples, words, origin=-begins[0] % FRAME, rate=RATE)
    assert all((span.start - begins[0]) % FRAME == 0 for span in placed)
    assert abs(found.size - samples.size) <= FRAME // 2


def test_frames_of_other_rates_begin_on_whole_samples():
    assert nearest_frame(1_601, Fraction(30_000, 1_001)) == 1_602
    assert nearest_frame(0, RATE) == 0
