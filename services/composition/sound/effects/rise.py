"""A breath of air that swells and stops: the moment before something is shown."""

from __future__ import annotations

import numpy as np

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.sound import Signal
from services.composition.sound.effects import shaped

TITLE = "Rise"
PEAK_S = 0.95
LENGTH_S = 1.05
_SEED = 12


def make() -> Signal:
    """Noise whose lower edge climbs from 300 Hz to 3 kHz while it swells."""
    count = round(LENGTH_S * SAMPLE_RATE_HZ)
    rng = np.random.default_rng(_SEED)
    hertz, time = np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ), np.arange(count) / SAMPLE_RATE_HZ
    spectra = np.fft.rfft(rng.standard_normal((2, count)))
    sound = np.zeros((2, count))
    for step in range(8):
        centre_hz, at_s = 300 * 10 ** (step / 7), PEAK_S * (step + 1) / 8
        band = np.fft.irfft(spectra * np.exp(-0.5 * (np.log2(np.maximum(hertz, 1) / centre_hz) / 0.5) ** 2), count)
        sound += band * np.exp(-0.5 * ((time - at_s) / 0.12) ** 2) * (step + 1) / 8
    return np.asarray(sound * shaped(LENGTH_S, attack_s=0.5, release_s=0.1), np.float32)
