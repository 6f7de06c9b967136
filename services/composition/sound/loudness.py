"""Loudness and true peak after ITU-R BS.1770-4."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.sound import Signal
from services.composition.sound.spectral import convolve

SILENCE_LUFS = -70.0
"""The absolute gate: what is quieter does not count, and is reported as this."""

# BS.1770-4, tables 1 and 2: the head's shelf and the revised low-frequency B curve, for 48 kHz.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
_K_TAPS = 4_096
"""The slowest pole has radius 0.995: after this many samples the response is below -160 dB."""

_STEP = SAMPLE_RATE_HZ // 10
"""Gating blocks of 400 ms start every 100 ms."""

# BS.1770-4, annex 2: phases 0 and 1 of the fourfold interpolator; 3 and 2 are these in reverse.
_PHASE_0 = (
    0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875, 0.1373291015625,
    0.9721679687500, -0.1022949218750, 0.0476074218750, -0.0266113281250, 0.0148925781250, -0.0083007812500,
)  # fmt: skip
_PHASE_1 = (
    -0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500, 0.4650878906250,
    0.7797851562500, -0.2003173828125, 0.1015625000000, -0.0582275390625, 0.0330810546875, -0.0189208984375,
)  # fmt: skip
_PHASES = np.array((_PHASE_0, _PHASE_1, _PHASE_1[::-1], _PHASE_0[::-1]), np.float32)
_TAPS = _PHASES.shape[1]
_CENTRE = 5
"""Where the sample itself lies in the interpolator."""
OVERSHOOT = float(np.abs(_PHASES).sum(axis=1).max())
"""No interpolated value is larger than the largest sample near it by more than this factor."""
_BLOCK = 1_024


def integrated_lufs(signal: Signal) -> float:
    """Gated loudness of the whole programme, mono or stereo; `SILENCE_LUFS` where nothing passes the gate."""
    weighted = convolve(signal, _k_weighting())
    steps = weighted.shape[1] // _STEP
    if steps < 4:
        return SILENCE_LUFS
    tenths = np.square(weighted[:, : steps * _STEP]).reshape(-1, steps, _STEP).mean(axis=2, dtype=np.float64).sum(axis=0)
    blocks = np.lib.stride_tricks.sliding_window_view(tenths, 4).mean(axis=1)
    heard = blocks[blocks > _energy(SILENCE_LUFS)]
    if not heard.size:
        return SILENCE_LUFS
    relative = heard.mean() * 0.1  # 10 LU below the mean of what passed the absolute gate
    return max(SILENCE_LUFS, _lufs(float(heard[heard > relative].mean())))


def true_peak_dbtp(signal: Signal) -> float:
    """The largest value between and at the samples, dB of full scale; -120 for silence."""
    largest = float(np.abs(signal).max(initial=0.0))
    if largest <= 1e-6:
        return -120.0
    return 20 * math.log10(max(largest, float(peaks(signal, above=largest).max())))


def peaks(signal: Signal, *, above: float) -> Signal:
    """The interpolated peak at each sample, all channels together; plain sample peaks where none can be larger than `above`."""
    plain = np.abs(signal).max(axis=0)
    samples = plain.size
    blocks = -(-samples // _BLOCK)
    padded = np.zeros(blocks * _BLOCK, np.float32)
    padded[:samples] = plain
    loud = padded.reshape(blocks, _BLOCK).max(axis=1)
    around = np.maximum(loud, np.maximum(np.append(loud[1:], 0), np.append(0, loud[:-1])))
    hot = np.flatnonzero(around * OVERSHOOT > above)
    if hot.size:
        picked = padded.reshape(blocks, _BLOCK)
        for channel in signal:
            picked[hot] = np.maximum(picked[hot], _interpolated(channel, hot, blocks))
    return padded[:samples]


def _interpolated(channel: NDArray[np.float32], hot: NDArray[np.intp], blocks: int) -> Signal:
    """The largest of the four phases in the `hot` blocks, shape (hot, block)."""
    padded = np.zeros(blocks * _BLOCK + _TAPS, np.float32)
    padded[_CENTRE : _CENTRE + channel.size] = channel
    windows = np.lib.stride_tricks.sliding_window_view(padded, _BLOCK + _TAPS - 1)[::_BLOCK][hot]
    best = np.zeros((hot.size, _BLOCK), np.float32)
    for phase in _PHASES:
        value = np.zeros_like(best)
        for tap, weight in enumerate(phase[::-1]):
            value += weight * windows[:, tap : tap + _BLOCK]
        np.maximum(best, np.abs(value), out=best)
    return best


@cache
def _k_weighting() -> Signal:
    """Both stages as one impulse response, read off their frequency response."""
    z = np.exp(-2j * np.pi * np.arange(8 * _K_TAPS // 2 + 1) / (8 * _K_TAPS))
    response = np.ones_like(z)
    for above, below in (_SHELF, _HIGH_PASS):
        response *= np.polyval(above[::-1], z) / np.polyval(below[::-1], z)
    return np.fft.irfft(response)[:_K_TAPS].astype(np.float32)


def _lufs(energy: float) -> float:
    return -0.691 + 10 * math.log10(max(energy, 1e-12))


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
