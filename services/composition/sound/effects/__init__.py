"""Short sounds that mark what is seen: one file each, found by itself.

A file has `TITLE`, `PEAK_S` (where in it the event is: that sample falls on the frame) and `make() -> Signal`, stereo, largest value 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np

from libs.common.media.errors import InvalidInput
from libs.common.media.music import Cue
from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.plugins import Plugin, discover
from services.composition.sound import Signal


def effects_track(cues: Sequence[Cue], *, samples: int, rate: Fraction) -> Signal:
    """All cues on one stereo track. Raises InvalidInput for a sound that the catalogue does not have."""
    track = np.zeros((2, samples), np.float32)
    for cue in cues:
        sound, peak = made(cue.sound)
        start = round(cue.frame / rate * SAMPLE_RATE_HZ) - peak
        first, last = max(0, -start), min(sound.shape[1], samples - start)
        if last > first:
            track[:, start + first : start + last] += sound[:, first:last]
    return track


@lru_cache(maxsize=32)
def made(name: str) -> tuple[Signal, int]:
    """The sound, and the sample of its event. Raises InvalidInput (`edit.unknown_sound`)."""
    if name not in CATALOGUE:
        raise InvalidInput(f"unknown sound {name!r}; there are: {', '.join(CATALOGUE)}", code="edit.unknown_sound", field="/sound")
    module = CATALOGUE[name].module
    sound = module.make()
    return sound / max(1e-6, float(np.abs(sound).max())), round(module.PEAK_S * SAMPLE_RATE_HZ)


def shaped(seconds: float, *, attack_s: float, release_s: float) -> Signal:
    """A rise and a fall of raised cosines with whatever is between them at 1; shape (samples,)."""
    count = round(seconds * SAMPLE_RATE_HZ)
    gain = np.ones(count, np.float32)
    rise, fall = (max(2, min(count // 2, round(part * SAMPLE_RATE_HZ))) for part in (attack_s, release_s))
    gain[:rise] *= (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rise))).astype(np.float32)
    gain[-fall:] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))).astype(np.float32)
    return gain


CATALOGUE: dict[str, Plugin] = discover(__name__, __path__)
"""By name."""
