import io
import wave
from collections.abc import Callable

import numpy as np
import pytest

from services.composition.music import STYLES, compose
from services.composition.sound.loudness import integrated_lufs, true_peak_dbtp


def wav(signal: np.ndarray) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(signal.shape[0])
        sound.setsampwidth(4)
        sound.setframerate(48_000)
        sound.writeframes((signal.T.astype(np.float64) * (2**31 - 1)).astype("<i4").tobytes())
    return target.getvalue()


def pink(rng: np.random.Generator) -> np.ndarray:
    spectrum = np.fft.rfft(rng.standard_normal((2, 480_000)))
    noise = np.fft.irfft(spectrum / np.sqrt(np.arange(1, spectrum.shape[1] + 1)))
    swell = np.abs(np.sin(np.arange(480_000) / 96_000)) ** 2
    return (noise / np.abs(noise).max() * swell * 0.9).astype(np.float32)


def clicks(rng: np.random.Generator) -> np.ndarray:
    signal = (rng.standard_normal((2, 480_000)) * 0.01).astype(np.float32)
    signal[:, ::7_001] = 0.5
    return signal


@pytest.mark.parametrize("make", [pink, clicks, lambda rng: compose(STYLES["bright_electronic"], samples=480_000, seed=1)])
def test_our_meter_agrees_with_ffmpegs(make: Callable[[np.random.Generator], np.ndarray], ebur128: Callable[[bytes], tuple[float, float]]):
    signal = make(np.random.default_rng(11))

    lufs, peak = ebur128(wav(signal))

    assert integrated_lufs(signal) == pytest.approx(lufs, abs=0.2)
    assert true_peak_dbtp(signal) == pytest.approx(peak, abs=0.3)
