"""The last stage of a piece: tone, room and ending in one convolution."""

from __future__ import annotations

import numpy as np

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.sound import Signal
from services.composition.sound.spectral import convolve, shaped_fir

_TONE_TAPS = 2_047
_TONE_HZ = np.array((20, 32, 45, 120, 500, 1_000, 1_800, 3_200, 4_500, 7_000, 11_000, 15_000, 20_000), np.float32)
_TONE_DB = np.array((-40, -14, -3, 0, 0, -2, -6, -6, -3, 2, 2, -2, -12), np.float32)
"""Nothing under 40 Hz, some air above 6 kHz, and a hollow from 1 to 4 kHz where consonants live."""
PEAK = 0.5


def finished(tape: Signal, *, room_s: float, room_gain: float, fade_samples: int) -> Signal:
    """`tape` with tone and room, faded to nothing over its last `fade_samples`, largest value `PEAK`."""
    tone = shaped_fir(_TONE_DB, _TONE_HZ, taps=_TONE_TAPS, rate_hz=SAMPLE_RATE_HZ)
    kernels = _room(room_s) * np.float32(room_gain)
    kernels[:, 0] += 1
    shaped = convolve(np.pad(kernels, ((0, 0), (0, _TONE_TAPS - 1))), tone)
    played = convolve(tape, shaped, delay=_TONE_TAPS // 2)
    fade = np.sin(np.linspace(0, np.pi / 2, fade_samples, dtype=np.float32))[::-1] ** 2
    played[:, -fade_samples:] *= fade
    played[:, :48] *= np.linspace(0, 1, 48, dtype=np.float32)
    largest = float(np.abs(played).max(initial=0.0))
    return played * np.float32(PEAK / largest) if largest > 0 else played


def _room(room_s: float) -> Signal:
    """A diffuse room: decaying noise of unit energy a side, sides unlike each other, darker as it dies."""
    samples = round(room_s * SAMPLE_RATE_HZ)
    rng = np.random.default_rng(48_000)
    time = np.arange(samples) / SAMPLE_RATE_HZ
    noise = rng.standard_normal((2, samples))
    spectrum = np.fft.rfft(noise)
    hertz = np.fft.rfftfreq(samples, 1 / SAMPLE_RATE_HZ)
    dark = np.fft.irfft(spectrum / (1 + (hertz / 1_200) ** 2), samples)
    bright = np.fft.irfft(spectrum / (1 + (hertz / 5_000) ** 2), samples)
    onset = np.minimum(1, time / 0.012)
    tail = (bright * np.exp(-time * 2 * 6.91 / room_s) + 1.5 * dark * np.exp(-time * 6.91 / room_s)) * onset
    room: Signal = (tail / np.sqrt(np.square(tail).sum(axis=1, keepdims=True))).astype(np.float32)
    return room
