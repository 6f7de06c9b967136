"""Air that passes from left to right: a change of scene."""

from __future__ import annotations

import numpy as np

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.sound import Signal
from services.composition.sound.effects import shaped

TITLE = "Whoosh"
PEAK_S = 0.26
LENGTH_S = 0.6
_SEED = 11


def make() -> Signal:
    """Noise through a band that rises to 2 kHz and falls again, louder towards the middle."""
    count = round(LENGTH_S * SAMPLE_RATE_HZ)
    noise = np.random.default_rng(_SEED).standard_normal(count)
    spectrum, hertz = np.fft.rfft(noise), np.fft.rfftfreq(count, 1 / SAMPLE_RATE_HZ)
    time = np.arange(count) / SAMPLE_RATE_HZ
    sound = np.zeros(count)
    for centre_hz, at_s in ((350, 0.1), (800, 0.19), (1_600, PEAK_S), (900, 0.35), (400, 0.46)):
        band = np.fft.irfft(spectrum * np.exp(-0.5 * (np.log2(np.maximum(hertz, 1) / centre_hz) / 0.6) ** 2), count)
        sound += band * np.exp(-0.5 * ((time - at_s) / 0.06) ** 2)
    sound *= shaped(LENGTH_S, attack_s=0.12, release_s=0.25)
    pan = np.clip(0.5 + (time - PEAK_S) / LENGTH_S, 0, 1) * np.pi / 2
    return np.stack([sound * np.cos(pan), sound * np.sin(pan)]).astype(np.float32)
