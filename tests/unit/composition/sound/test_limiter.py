import numpy as np
import pytest

from services.composition.sound.limiter import limit
from services.composition.sound.loudness import true_peak_dbtp


def test_nothing_passes_the_ceiling():
    rng = np.random.default_rng(1)
    signal = (rng.standard_normal((2, 96_000)) * 0.4).astype(np.float32)

    assert true_peak_dbtp(signal) > 0
    assert true_peak_dbtp(limit(signal, ceiling_dbtp=-1.5)) <= -1.45


def test_what_is_under_the_ceiling_is_left_alone():
    signal = np.full((2, 1_000), 0.3, np.float32)

    assert limit(signal, ceiling_dbtp=-1.0) is signal


def test_the_gain_is_down_before_the_peak_and_comes_back_after_it():
    signal = np.full((1, 96_000), 0.5, np.float32)
    signal[0, 30_000] = 2.0

    limited = limit(signal, ceiling_dbtp=-1.0)

    gain = limited[0] / signal[0]
    assert gain[29_500] == pytest.approx(1)
    assert gain[29_950:30_001].max() < 0.55
    assert gain[-1] == pytest.approx(1, abs=1e-6)
    assert np.abs(np.diff(gain)).max() < 0.01


def test_both_channels_are_turned_down_together():
    signal = np.full((2, 20_000), 0.2, np.float32)
    signal[0, 9_000] = 1.5

    limited = limit(signal, ceiling_dbtp=-1.0)

    np.testing.assert_allclose(limited[0] / signal[0], limited[1] / signal[1], rtol=1e-6)
