"""A wooden tick: a second of a countdown."""

from __future__ import annotations

import numpy as np

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.sound import Signal
from services.composition.sound.effects import shaped

TITLE = "Tick"
PEAK_S = 0.003
LENGTH_S = 0.06


def make() -> Signal:
    """Two short modes of a small wooden bar."""
    time = np.arange(round(LENGTH_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    sound = np.sin(2 * np.pi * 1_750 * time) * np.exp(-time / 0.008) + 0.5 * np.sin(2 * np.pi * 2_900 * time) * np.exp(-time / 0.004)
    sound *= shaped(LENGTH_S, attack_s=0.001, release_s=0.02)
    return np.stack([sound, sound]).astype(np.float32)
