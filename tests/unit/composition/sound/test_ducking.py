import numpy as np
import pytest

from services.composition.sound.ducking import ducking_gain

SECOND = 48_000


def voice(*spans_s: tuple[float, float], length_s: float = 8.0) -> np.ndarray:
    track = np.zeros((1, round(length_s * SECOND)), np.float32)
    for start, end in spans_s:
        span = slice(round(start * SECOND), round(end * SECOND))
        track[0, span] = 0.3 * np.sin(np.arange(span.stop - span.start) * 0.05)
    return track


def test_the_music_is_down_by_the_depth_while_somebody_speaks():
    gain = ducking_gain(voice((3, 5)), depth_db=13)

    assert 20 * np.log10(gain[4 * SECOND]) == pytest.approx(-13, abs=0.01)
    assert gain[SECOND] == pytest.approx(1)
    assert gain[7 * SECOND] == pytest.approx(1)


def test_the_music_is_down_already_when_the_first_word_starts():
    gain = ducking_gain(voice((3, 5)), depth_db=13)

    assert 20 * np.log10(gain[3 * SECOND]) < -12.5


def test_a_breath_between_two_words_does_not_pump():
    gain = ducking_gain(voice((2, 3), (3.4, 5)), depth_db=13)

    assert 20 * np.log10(gain[2 * SECOND : 5 * SECOND].max()) < -12.5


def test_the_gain_never_jumps():
    gain = ducking_gain(voice((1, 2), (4, 5)), depth_db=15)

    assert np.abs(np.diff(20 * np.log10(gain))).max() < 0.01


def test_silence_ducks_nothing():
    np.testing.assert_array_equal(ducking_gain(voice(), depth_db=13), 1)
