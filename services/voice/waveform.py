"""Speech as an array of samples: rate, ends, loudness, file."""

from __future__ import annotations

import io
import wave
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from libs.common.media.time import SAMPLE_RATE_HZ

Samples = NDArray[np.float32]
"""Mono at 48 kHz, full scale is 1."""

AUDIBLE_DBFS = -55.0
"""Quieter than this is silence at the ends of an utterance."""
MARGIN = SAMPLE_RATE_HZ // 100
"""Samples kept around what is audible: 10 ms, so that soft consonants survive."""
BLOCK = SAMPLE_RATE_HZ * 4 // 10
"""Gating block of ITU-R BS.1770: 400 ms, with a hop of a quarter."""
SILENT_LUFS = -70.0
"""The absolute gate of BS.1770."""


def at_house_rate(pcm: bytes, rate_hz: int) -> Samples:
    """16-bit mono at any rate to 48 kHz, by FFmpeg's polyphase resampler; time zero stays time zero."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32_768
    if rate_hz == SAMPLE_RATE_HZ or not samples.size:
        return np.asarray(samples, np.float32)
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="fltp", layout="mono")
    frame.sample_rate = rate_hz
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE_HZ)
    pieces: list[NDArray[Any]] = [out.to_ndarray()[0] for given in (frame, None) for out in resampler.resample(given)]
    return np.concatenate(pieces).astype(np.float32)


def audible(samples: Samples) -> tuple[int, int]:
    """First and end sample of what can be heard, with a margin. The whole where nothing can."""
    loud = np.flatnonzero(np.abs(samples) > 10 ** (AUDIBLE_DBFS / 20))
    if not loud.size:
        return 0, samples.size
    return max(0, int(loud[0]) - MARGIN), min(samples.size, int(loud[-1]) + 1 + MARGIN)


def loudness_lufs(samples: Samples) -> float:
    """Gated loudness of a mono signal after ITU-R BS.1770-4; -inf for silence.

    The K-weighting is applied as the magnitude of its two filters in the frequency domain, which changes no energy.
    """
    size = max(BLOCK, -(-samples.size // BLOCK) * BLOCK)  # a length of small prime factors: the transform is 20 times faster
    spectrum = np.fft.rfft(samples, n=size)
    weighted = np.fft.irfft(spectrum * _k_weighting(size // 2 + 1, size), n=size)
    energy = np.concatenate(([0.0], np.cumsum(weighted**2)))
    starts = np.arange(0, max(samples.size, BLOCK) - BLOCK + 1, BLOCK // 4)
    blocks = (energy[starts + BLOCK] - energy[starts]) / BLOCK
    heard = blocks[_lufs(blocks) > SILENT_LUFS]
    if not heard.size:
        return float("-inf")
    kept = heard[_lufs(heard) > _lufs(heard.mean()) - 10]
    return float(_lufs(kept.mean()))


def _lufs(mean_square: Any) -> Any:
    return -0.691 + 10 * np.log10(np.maximum(mean_square, 1e-12))


def _k_weighting(bins: int, size: int) -> NDArray[np.float64]:
    """Magnitude of the shelf and the high-pass of BS.1770-4, table 1 and 2 (coefficients for 48 kHz)."""
    z = np.exp(-2j * np.pi * np.arange(bins) / size)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (1 - 1.69065929318241 * z + 0.73248077421585 * z**2)
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(np.abs(shelf * high_pass), np.float64)


def levelled(samples: Samples, *, target_lufs: float, peak_dbfs: float) -> Samples:
    """At `target_lufs`, or less where the highest sample would pass `peak_dbfs`. Silence stays silence."""
    measured = loudness_lufs(samples)
    if not np.isfinite(measured):
        return samples
    gain = 10 ** ((target_lufs - measured) / 20)
    ceiling = 10 ** (peak_dbfs / 20) / float(np.abs(samples).max())
    return (samples * min(gain, ceiling)).astype(np.float32)


def faded(samples: Samples, length: int) -> Samples:
    """The first and last `length` samples rise and fall in a straight line, so that no cut clicks."""
    length = min(length, samples.size // 2)
    ramp = (np.arange(length, dtype=np.float32) + 0.5) / max(1, length)
    out = samples.copy()
    out[:length] *= ramp
    out[samples.size - length :] *= ramp[::-1]
    return out


def wav_bytes(samples: Samples) -> bytes:
    """48 kHz mono 16-bit WAV, rounded to the nearest step."""
    pcm = np.clip(np.rint(samples * 32_767), -32_768, 32_767).astype("<i2")
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes(pcm.tobytes())
    return target.getvalue()
