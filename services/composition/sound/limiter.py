"""A look-ahead limiter for true peaks: the gain is down before the peak comes, and comes back slowly."""

from __future__ import annotations

import numpy as np

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.sound import Signal
from services.composition.sound.loudness import peaks

_AHEAD = SAMPLE_RATE_HZ * 3 // 1_000
"""The gain falls within 3 ms, centred on the peak."""
_RELEASE_DB_PER_S = 100.0


def limit(signal: Signal, *, ceiling_dbtp: float) -> Signal:
    """`signal` with no interpolated peak above the ceiling, all channels turned down together."""
    ceiling = 10 ** (ceiling_dbtp / 20)
    return limited(signal, peaks(signal, above=ceiling), ceiling=ceiling)


def limited(signal: Signal, peak: Signal, *, ceiling: float) -> Signal:
    """The same with `peak` known (`loudness.peaks`); `ceiling` is a level, not decibels."""
    if peak.max(initial=0.0) <= ceiling:
        return signal
    wanted_db = np.minimum(0.0, 20 * np.log10(ceiling / np.maximum(peak, ceiling))).astype(np.float64)
    # The gain may rise by so much a sample and no more: a running minimum along a slope.
    slope = np.arange(wanted_db.size) * (_RELEASE_DB_PER_S / SAMPLE_RATE_HZ)
    released = np.minimum.accumulate(wanted_db - slope) + slope
    gain_db = _smoothed(_lowest(np.minimum(released, 0.0), _AHEAD), _AHEAD)
    return signal * (10 ** (gain_db / 20)).astype(np.float32)


def _lowest(values: np.ndarray[tuple[int], np.dtype[np.float64]], reach: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The minimum within `reach` samples to either side (van Herk: running minima of blocks, forwards and backwards)."""
    width = 2 * reach + 1
    size = values.size
    blocks = -(-(size + 2 * reach) // width)
    padded = np.zeros(blocks * width)
    padded[reach : reach + size] = values
    tiles = padded.reshape(blocks, width)
    forwards = np.minimum.accumulate(tiles, axis=1).reshape(-1)
    backwards = np.minimum.accumulate(tiles[:, ::-1], axis=1)[:, ::-1].reshape(-1)
    return np.minimum(backwards[:size], forwards[2 * reach : 2 * reach + size])


def _smoothed(values: np.ndarray[tuple[int], np.dtype[np.float64]], reach: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The mean within `reach` samples to either side; never above the lowest value that `_lowest` saw for the middle."""
    width = 2 * reach + 1
    sums = np.cumsum(np.pad(values, (reach + 1, reach), mode="edge"))
    return (sums[width:] - sums[:-width]) / width
