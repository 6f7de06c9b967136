"""Soft drums. Noise comes from a fixed seed: a shaker is the same shaker in every piece."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.music.instruments import Sound


@cache
def kick(*, punch: float = 0.5) -> Sound:
    """A falling sine, 110 to 46 Hz, with a soft beater."""
    time = _time(0.32)
    turns = 46 * time + 64 * 0.035 * (1 - np.exp(-time / 0.035))
    body = np.sin(2 * np.pi * turns) * np.exp(-time / 0.11)
    beater = punch * 0.25 * _noise(time.size, 200, 1_500, seed=1) * np.exp(-time / 0.006)
    return _ended(body + beater)


@cache
def tom() -> Sound:
    """A large drum struck softly, for bar lines."""
    time = _time(0.9)
    turns = 62 * time + 26 * 0.06 * (1 - np.exp(-time / 0.06))
    return _ended(np.sin(2 * np.pi * turns) * np.exp(-time / 0.3) + 0.1 * _noise(time.size, 80, 500, seed=2) * np.exp(-time / 0.04))


@cache
def shaker(*, length_s: float = 0.09) -> Sound:
    time = _time(length_s)
    swell = np.minimum(1, time / 0.018) * np.exp(-np.maximum(0, time - 0.018) / 0.022)
    return _ended(_noise(time.size, 6_000, 13_000, seed=3) * swell)


@cache
def hat() -> Sound:
    time = _time(0.07)
    return _ended(_noise(time.size, 7_500, 15_000, seed=4) * np.exp(-time / 0.014))


@cache
def clap() -> Sound:
    """Three hands, not quite together."""
    time = _time(0.22)
    hands = sum(np.where(time >= late, np.exp(-(time - late) / fall), 0) for late, fall in ((0.0, 0.006), (0.011, 0.006), (0.023, 0.05)))
    return _ended(_noise(time.size, 700, 3_200, seed=5) * hands * 0.7)


@cache
def rim() -> Sound:
    """A stick on the rim: short and woody."""
    time = _time(0.06)
    tone = np.sin(2 * np.pi * 420 * time) + 0.6 * np.sin(2 * np.pi * 870 * time)
    return _ended(0.6 * tone * np.exp(-time / 0.011) + 0.2 * _noise(time.size, 500, 4_000, seed=6) * np.exp(-time / 0.004))


@cache
def snap() -> Sound:
    time = _time(0.12)
    return _ended(_noise(time.size, 1_100, 2_600, seed=7) * np.exp(-time / 0.018))


@cache
def riser(length_s: float) -> Sound:
    """Air that swells into the next part."""
    time = _time(length_s)
    return _ended(_noise(time.size, 3_500, 9_000, seed=8) * (time / length_s) ** 3)


def _time(length_s: float) -> NDArray[np.float64]:
    return np.arange(round(length_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def _noise(samples: int, low_hz: float, high_hz: float, *, seed: int) -> NDArray[np.float64]:
    """Noise between two frequencies, edges a third of an octave wide, peak 1."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(samples))
    octaves = np.log2(np.maximum(np.fft.rfftfreq(samples, 1 / SAMPLE_RATE_HZ), 1.0))
    edges = np.clip((octaves - np.log2(low_hz)) * 3 + 0.5, 0, 1) * np.clip((np.log2(high_hz) - octaves) * 3 + 0.5, 0, 1)
    noise = np.fft.irfft(spectrum * edges, samples)
    return np.asarray(noise / np.abs(noise).max())


def _ended(sound: NDArray[np.float64]) -> Sound:
    """Starts and ends at zero, cannot be written to: it is shared."""
    sound[:48] *= np.linspace(0, 1, 48)
    tail = min(480, sound.size // 3)
    sound[-tail:] *= np.linspace(1, 0, tail)
    ended: Sound = sound.astype(np.float32)
    ended.flags.writeable = False
    return ended
