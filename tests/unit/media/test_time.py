"""Exact time."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime, TimeRange

RATES = st.sampled_from([Fraction(24_000, 1001), Fraction(25), Fraction(30_000, 1001), Fraction(30), Fraction(60)])
SECONDS = st.fractions(min_value=0, max_value=600, max_denominator=48_000)


@given(SECONDS, RATES)
def test_snapping_moves_by_half_a_tick_at_most(seconds, rate):
    assert abs(RationalTime.snap(seconds, rate).seconds - seconds) * rate <= Fraction(1, 2)


@given(SECONDS, RATES)
def test_padding_never_shortens_and_adds_less_than_a_tick(seconds, rate):
    padded = RationalTime.ceil(seconds, rate)
    assert 0 <= padded.seconds - seconds < 1 / rate


@given(st.lists(st.integers(1, 400), min_size=1, max_size=40))
def test_scenes_of_whole_frames_add_up_to_the_frame_and_the_sample(frames):
    rate, samples = Fraction(30), Fraction(SAMPLE_RATE_HZ)
    total = RationalTime(0, rate)
    for count in frames:
        total = total + RationalTime(count, rate)
    assert total.value == sum(frames)
    assert total.at(samples).value == 1600 * sum(frames)


@given(st.lists(SECONDS, min_size=2, max_size=20), RATES)
def test_neighbours_still_meet_on_another_grid(seconds, rate):
    ticks = sorted({RationalTime.snap(s, Fraction(48_000)).value for s in seconds})
    ranges = [TimeRange(RationalTime(a, Fraction(48_000)), RationalTime(b - a, Fraction(48_000))) for a, b in itertools.pairwise(ticks)]
    snapped = [r.snapped_to(rate) for r in ranges]
    assert all(a.end == b.start for a, b in itertools.pairwise(snapped))


def test_a_time_off_the_grid_is_refused():
    with pytest.raises(ValueError, match="not on a grid"):
        RationalTime(1, Fraction(48_000)).at(Fraction(30))


def test_a_negative_duration_is_refused():
    with pytest.raises(ValueError, match="negative"):
        TimeRange(RationalTime(0, Fraction(30)), RationalTime(-1, Fraction(30)))
