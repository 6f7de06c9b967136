"""Instruments by additive synthesis. A sound is float32 of shape (samples,) with a peak near 1; equal calls return the same array.

Harmonics are powers of one complex exponential, so that a note costs one sine and one cosine, and Horner's rule.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.music.harmony import frequency_hz

Sound = NDArray[np.float32]

_CEILING_HZ = 12_000
"""Harmonics above are left out: no aliasing, nothing sharp."""


@lru_cache(maxsize=256)
def pluck(note: int, length_s: float, *, brightness: float = 0.65, ring_s: float = 0.9) -> Sound:
    """A plucked string: high harmonics die first. `ring_s` is the time in which the fundamental falls to a third."""
    time = _time(length_s)
    harmonics = _count(note, 14)
    amplitudes = np.array([brightness ** (0.4 * k) * abs(np.sin(np.pi * (k + 1) * 0.23)) / (k + 1) ** 0.6 for k in range(harmonics)])
    sound = _harmonics(note, time, amplitudes, decay=1 / ring_s)
    return _finished(sound, attack_s=0.003, release_s=0.08)


@lru_cache(maxsize=256)
def keys(note: int, length_s: float, *, bark: float = 1.2) -> Sound:
    """An electric piano: a sine bent by another that fades, with a little bell at the start."""
    time = _time(length_s)
    angle = _angle(note, time)
    bend = bark * np.exp(-time / 0.35) * np.sin(angle)
    bell = 0.12 * np.exp(-time / 0.12) * np.sin(_angle(note + 24, time)) if note < 76 else 0.0
    sound = (np.sin(angle + bend) + bell) * np.exp(-time / 1.1)
    return _finished(sound, attack_s=0.004, release_s=0.12)


@lru_cache(maxsize=256)
def mallet(note: int, length_s: float, *, hardness: float = 0.4) -> Sound:
    """A marimba bar: fundamental, and a fourth harmonic that is gone at once."""
    time = _time(length_s)
    sound = np.sin(_angle(note, time)) * np.exp(-time / 0.22)
    sound = sound + hardness * np.sin(_angle(note + 24, time)) * np.exp(-time / 0.05)
    sound = sound + 0.3 * hardness * np.sin(_angle(note + 39.3, time)) * np.exp(-time / 0.02)
    return _finished(sound, attack_s=0.002, release_s=0.03)


@lru_cache(maxsize=256)
def bell(note: int, length_s: float) -> Sound:
    """A soft glass tone for slow melodies."""
    time = _time(length_s)
    sound = np.sin(_angle(note, time)) * np.exp(-time / 1.2)
    sound = sound + 0.25 * np.sin(_angle(note + 12.03, time)) * np.exp(-time / 0.5)
    sound = sound + 0.1 * np.sin(_angle(note + 19.1, time)) * np.exp(-time / 0.25)
    return _finished(sound, attack_s=0.012, release_s=0.2)


@lru_cache(maxsize=256)
def pad(note: int, length_s: float, *, brightness: float = 0.5, attack_s: float = 0.6, detune: float = 0.06) -> Sound:
    """A warm held string sound; shape (2, samples), the sides a little out of tune with each other."""
    time = _time(length_s)
    cutoff_hz = 400 + 2_400 * brightness
    harmonics = _count(note, 8)
    frequency = frequency_hz(note)
    amplitudes = np.array([1 / (k + 1) / (1 + (frequency * (k + 1) / cutoff_hz) ** 2) for k in range(harmonics)])
    sides = [_harmonics(note + shift, time, amplitudes, decay=0.0) for shift in (-detune, detune)]
    sway = (1 + 0.1 * np.sin(2 * np.pi * 0.31 * time)).astype(np.float32)
    return np.stack([_finished(side * sway, attack_s=min(attack_s, length_s / 3), release_s=min(0.8, length_s / 3)) for side in sides])


@lru_cache(maxsize=256)
def stab(note: int, length_s: float, *, brightness: float = 0.5) -> Sound:
    """A short synthetic chord tone or pulse."""
    time = _time(length_s)
    amplitudes = np.array([brightness**k / (k + 1) ** 0.4 for k in range(_count(note, 16))])
    return _finished(_harmonics(note, time, amplitudes, decay=1 / 0.18), attack_s=0.005, release_s=0.04)


@lru_cache(maxsize=128)
def bass(note: int, length_s: float, *, growl: float = 0.35, ring_s: float = 0.8) -> Sound:
    """A round bass that small loudspeakers still tell by its second and third harmonic."""
    time = _time(length_s)
    amplitudes = np.array([1.0, growl, 0.5 * growl, 0.2 * growl])
    return _finished(_harmonics(note, time, amplitudes, decay=1 / (3 * ring_s)) * np.exp(-time / ring_s), attack_s=0.006, release_s=0.05)


def _time(length_s: float) -> NDArray[np.float32]:
    return (np.arange(round(length_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ).astype(np.float32)


def _angle(note: float, time: NDArray[np.float32]) -> NDArray[np.float32]:
    """Phase in radians, wrapped in double precision so that float32 keeps high notes clean."""
    turns = np.arange(time.size) * (frequency_hz(note) / SAMPLE_RATE_HZ)
    angle: NDArray[np.float32] = ((turns - np.floor(turns)) * (2 * np.pi)).astype(np.float32)
    return angle


def _count(note: int, most: int) -> int:
    return max(1, min(most, int(_CEILING_HZ / frequency_hz(note))))


def _harmonics(note: float, time: NDArray[np.float32], amplitudes: NDArray[np.float64], *, decay: float) -> Sound:
    """Sum over k of amplitude k times the k-th harmonic, which dies k times as fast as the first."""
    angle = _angle(note, time)
    envelope = np.exp(-decay * time)
    wave = np.empty(time.size, np.complex64)
    wave.real, wave.imag = envelope * np.cos(angle), envelope * np.sin(angle)
    total = np.zeros_like(wave)
    for amplitude in amplitudes[::-1].astype(np.float32):
        total += amplitude
        total *= wave
    sound: Sound = total.imag / np.float32(np.abs(amplitudes).sum() * 0.6 + 0.4 * np.abs(amplitudes).max())
    return sound


def _finished(sound: NDArray[np.floating], *, attack_s: float, release_s: float) -> Sound:
    """Rounded ends: a note neither starts nor stops with a click."""
    ended: Sound = sound.astype(np.float32)
    attack, release = (max(2, min(round(s * SAMPLE_RATE_HZ), ended.size // 2)) for s in (attack_s, release_s))
    ended[:attack] *= (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, attack))).astype(np.float32)
    ended[-release:] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, release))).astype(np.float32)
    ended.flags.writeable = False
    return ended
