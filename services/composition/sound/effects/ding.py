"""A small bell: an offer, a call to action."""

from __future__ import annotations

import numpy as np

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.sound import Signal
from services.composition.sound.effects import shaped

TITLE = "Ding"
PEAK_S = 0.004
LENGTH_S = 1.1


def make() -> Signal:
    """Partials of a small bell (1, 2.76, 5.4), each dying faster than the one below."""
    time = np.arange(round(LENGTH_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    parts = ((1.0, 1.0, 0.35), (2.76, 0.35, 0.16), (5.4, 0.12, 0.07))
    sides = []
    for detune in (0.9985, 1.0015):
        sound = sum(gain * np.sin(2 * np.pi * 1_047 * ratio * detune * time) * np.exp(-time / dies) for ratio, gain, dies in parts)
        sides.append(sound * shaped(LENGTH_S, attack_s=0.003, release_s=0.3))
    return np.stack(sides).astype(np.float32)
