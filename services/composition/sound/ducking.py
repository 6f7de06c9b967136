"""Make room for the voice: the music is down before a phrase starts and comes back after it, without pumping between words."""

from __future__ import annotations

import numpy as np

from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.sound import Signal

_BLOCK = SAMPLE_RATE_HZ // 100
"""Speech is looked for every 10 ms."""
_BELOW_LOUDEST_DB = 34.0
"""What is so far under the loudest block is not speech."""
_AHEAD_BLOCKS = 16
_HOLD_BLOCKS = 45
"""Pauses shorter than about 0.6 s stay ducked."""
_RAMP_BLOCKS = 30
"""Length of the raised-cosine ramp of 300 ms; half of it lies within the look-ahead."""


def ducking_gain(voice: Signal, *, depth_db: float) -> Signal:
    """Gain of shape (samples,) for the music: 1 where nobody speaks, `depth_db` lower where somebody does."""
    samples = voice.shape[1]
    speaking = _speech_blocks(voice)
    reached = _widened(speaking, before=_AHEAD_BLOCKS, after=_HOLD_BLOCKS)
    ramp = np.hanning(_RAMP_BLOCKS + 2)[1:-1]
    amount = np.convolve(np.pad(reached, _RAMP_BLOCKS, mode="edge"), ramp / ramp.sum(), mode="same")[_RAMP_BLOCKS:-_RAMP_BLOCKS]
    centres = (np.arange(amount.size) + 0.5) * _BLOCK
    gain: Signal = np.interp(np.arange(samples), centres, 10 ** (-depth_db * amount / 20)).astype(np.float32)
    return gain


def _speech_blocks(voice: Signal) -> Signal:
    """1 for each block with speech in it, else 0."""
    samples = voice.shape[1]
    blocks = -(-samples // _BLOCK)
    padded = np.zeros((voice.shape[0], blocks * _BLOCK), np.float32)
    padded[:, :samples] = voice
    energy = np.square(padded).reshape(-1, blocks, _BLOCK).mean(axis=(0, 2))
    floor = max(float(energy.max(initial=0.0)) * 10 ** (-_BELOW_LOUDEST_DB / 10), 1e-7)
    speaking: Signal = (energy > floor).astype(np.float32)
    return speaking


def _widened(active: Signal, *, before: int, after: int) -> Signal:
    """Each 1 reaches `before` blocks back and `after` blocks on."""
    sums = np.cumsum(np.concatenate((np.zeros(after + 1), active, np.zeros(before))))
    return (sums[before + after + 1 :] - sums[: active.size] > 0).astype(np.float32)
