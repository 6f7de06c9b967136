"""Tempo and first beat of a piece, where its owner does not say them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

_HOP = 480
"""10 ms at 48 kHz: the grid of onsets."""
_WINDOW = 2_048
_SLOWEST_BPM, _FASTEST_BPM = 60.0, 180.0
_USUAL_BPM, _SPREAD_OCTAVES = 110.0, 0.8
"""People tap along most readily around this tempo (Moelants 2002); a soft preference against half and double tempo."""
_BEATS_OF_SUPPORT = 4
_LEAST_S = 4
_BASS_HZ, _BASS_WEIGHT = 180.0, 6.0
"""Bass and drum fall on the beat, shakers and strings between beats too."""


@dataclass(frozen=True, slots=True)
class Tempo:
    bpm: Fraction
    first_beat_s: Fraction
    """Not negative, less than a beat."""
    sureness: float
    """0..1: how much stronger onsets are on the beat than on average; below 0.2 there is hardly a pulse."""


def find_tempo(mono: NDArray[np.float32]) -> Tempo | None:
    """`mono` is at 48 kHz. None for what is too short or has no onsets at all.

    Onsets are the rise of the logarithmic spectrum (spectral flux); the tempo is the lag at which they repeat best, refined between
    grid points and weighted towards usual tempi; the first beat is the phase that gathers most onsets.
    """
    if mono.size < _LEAST_S * 48_000:
        return None
    onsets = _flux(mono)
    if float(onsets.max(initial=0.0)) <= 0:
        return None
    period = _period(onsets)
    phase, share = _phase(onsets, period)
    bpm = Fraction(60 * 100) / Fraction(period).limit_denominator(1_000)
    return Tempo(bpm.limit_denominator(1_000), Fraction(phase).limit_denominator(1_000) / 100, share)


def _flux(mono: NDArray[np.float32]) -> NDArray[np.float64]:
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(mono, (_WINDOW // 2, _WINDOW // 2)), _WINDOW)[::_HOP]
    window = np.hanning(_WINDOW).astype(np.float32)
    level = np.empty((len(frames), 64))
    edges = np.unique(np.geomspace(2, _WINDOW // 2, 65).astype(int))
    for first in range(0, len(frames), 512):  # bounds the memory
        power = np.abs(np.fft.rfft(frames[first : first + 512] * window)) ** 2
        bands = np.add.reduceat(power[:, : edges[-1]], edges[:-1], axis=1)
        level[first : first + 512, : bands.shape[1]] = np.log1p(1_000 * bands)
    level = level[:, : len(edges) - 1]
    weight = np.where(edges[:-1] * 48_000 / _WINDOW < _BASS_HZ, _BASS_WEIGHT, 1.0)
    rise = np.maximum(0, np.diff(level, axis=0, prepend=level[:1])) @ weight
    slow = np.convolve(rise, np.ones(51) / 51, mode="same")
    ramp = np.hanning(9)[1:-1]  # a player is 20 ms early or late
    return np.convolve(np.maximum(0, rise - slow), ramp / ramp.sum(), mode="same")


def _period(onsets: NDArray[np.float64]) -> float:
    """In hops. Autocorrelation by Fourier transform; the comb of the first beats keeps sub-beats from winning."""
    size = 1 << (2 * onsets.size).bit_length()
    spectrum = np.fft.rfft(onsets, size)
    auto = np.fft.irfft(spectrum * np.conj(spectrum))[: onsets.size]
    auto /= np.maximum(1, np.arange(onsets.size, 0, -1))
    lags = np.arange(6_000 / _FASTEST_BPM, 6_000 / _SLOWEST_BPM, 0.05)
    grid = np.arange(auto.size)
    support = sum(np.interp(lags * beats, grid, auto, right=0.0) for beats in range(1, _BEATS_OF_SUPPORT + 1))
    liking = np.exp(-0.5 * (np.log2(6_000 / lags / _USUAL_BPM) / _SPREAD_OCTAVES) ** 2)
    best = float(lags[int(np.argmax(support * liking))])
    return _refined(onsets, best)


def _refined(onsets: NDArray[np.float64], period: float) -> float:
    """Over the whole piece a small error of the period adds up: the period near `period` whose comb gathers most."""
    tried = period * (1 + np.linspace(-0.015, 0.015, 121))
    return float(max(tried, key=lambda each: _phase(onsets, float(each))[1]))


def _phase(onsets: NDArray[np.float64], period: float) -> tuple[float, float]:
    """The first beat, in hops, and how much onsets stand out there: 1 - mean / comb."""
    starts = np.arange(0, period, 1.0)
    beats = np.arange(int((onsets.size - 1 - period) / period) + 1) * period
    combs = np.interp(starts[:, None] + beats[None, :], np.arange(onsets.size), onsets).mean(axis=1)
    best = int(np.argmax(combs))
    return float(starts[best]), float(max(0.0, 1 - onsets.mean() / max(1e-12, combs[best])))
