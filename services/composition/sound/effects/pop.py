"""A soft bubble: a tag or a heading that comes in."""

from __future__ import annotations

import numpy as np

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.sound import Signal
from services.composition.sound.effects import shaped

TITLE = "Pop"
PEAK_S = 0.02
LENGTH_S = 0.14


def make() -> Signal:
    """A sine that slides up from 320 to 700 Hz while it dies."""
    time = np.arange(round(LENGTH_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    hertz = 320 + 380 * (1 - np.exp(-time / 0.025))
    sound = np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE_HZ) * np.exp(-time / 0.035)
    sound *= shaped(LENGTH_S, attack_s=0.004, release_s=0.05)
    return np.stack([sound, sound]).astype(np.float32)
