"""Fast convolution: all filters of the soundtrack are finite impulse responses, applied block by block in the frequency domain."""

from __future__ import annotations

import numpy as np

from services.composition.sound import Signal

_CHUNK = 32
"""Blocks transformed at a time: bounds the memory, not the result."""


def convolve(signal: Signal, kernel: Signal, *, delay: int = 0) -> Signal:
    """Filter each channel with `kernel` of shape (taps,) or (channels, taps); same length as `signal`.

    `delay` samples are taken off the front, which centres a linear-phase kernel. Overlap-save with blocks of four times the kernel.
    """
    kernels = np.atleast_2d(kernel)
    channels, samples = signal.shape
    taps = kernels.shape[1]
    size = 1 << max(12, (4 * taps - 1).bit_length())
    hop = size - taps + 1
    blocks = -(-(samples + delay) // hop)
    padded = np.zeros((channels, (blocks - 1) * hop + size), np.float32)
    padded[:, taps - 1 : taps - 1 + samples] = signal
    windows = np.lib.stride_tricks.sliding_window_view(padded, size, axis=1)[:, ::hop]
    response = np.fft.rfft(kernels, size)[:, None]
    filtered = np.empty((channels, blocks, hop), np.float32)
    for first in range(0, blocks, _CHUNK):
        spectrum = np.fft.rfft(windows[:, first : first + _CHUNK])
        spectrum *= response
        filtered[:, first : first + _CHUNK] = np.fft.irfft(spectrum, size)[..., taps - 1 :]
    return filtered.reshape(channels, -1)[:, delay : delay + samples]


def shaped_fir(gains_db: Signal, frequencies_hz: Signal, *, taps: int, rate_hz: int) -> Signal:
    """A linear-phase filter of odd length `taps` through the given points (log frequency, dB); its delay is `taps // 2`."""
    grid = np.fft.rfftfreq(4 * taps, 1 / rate_hz)
    curve = np.interp(np.log(np.maximum(grid, 1.0)), np.log(frequencies_hz), gains_db)
    impulse = np.roll(np.fft.irfft(10 ** (curve / 20)), taps // 2)[:taps]
    return (impulse * np.hanning(taps + 2)[1:-1]).astype(np.float32)
