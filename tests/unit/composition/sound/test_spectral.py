import numpy as np
import pytest

from services.composition.sound.spectral import convolve, shaped_fir


@pytest.mark.parametrize(("samples", "taps"), [(1, 5), (4_095, 64), (50_001, 1_500)])
def test_convolution_by_blocks_is_convolution(samples: int, taps: int):
    rng = np.random.default_rng(3)
    signal = rng.standard_normal((2, samples)).astype(np.float32)
    kernel = rng.standard_normal((2, taps)).astype(np.float32)

    filtered = convolve(signal, kernel)

    for channel in range(2):
        expected = np.convolve(signal[channel], kernel[channel])[:samples]
        np.testing.assert_allclose(filtered[channel], expected, atol=2e-3)


def test_delay_centres_a_linear_phase_filter():
    pulse = np.zeros((1, 5_000), np.float32)
    pulse[0, 2_000] = 1
    kernel = shaped_fir(np.zeros(2, np.float32), np.array((20, 20_000), np.float32), taps=255, rate_hz=48_000)

    filtered = convolve(pulse, kernel, delay=127)

    assert np.argmax(np.abs(filtered[0])) == 2_000


def test_a_shaped_filter_has_the_gains_it_was_given():
    kernel = shaped_fir(np.array((0, 0, -20, -20), np.float32), np.array((20, 500, 2_000, 20_000), np.float32), taps=1_023, rate_hz=48_000)

    response = np.abs(np.fft.rfft(kernel, 48_000))

    assert 20 * np.log10(response[200]) == pytest.approx(0, abs=0.3)
    assert 20 * np.log10(response[8_000]) == pytest.approx(-20, abs=0.3)
