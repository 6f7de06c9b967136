"""Silence and clipping, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from av.audio.frame import AudioFrame

from services.moderation.media.pictures import Hit

SILENCE_S = 3.0
SILENT_PEAK = 0.001
"""-60 dBFS."""
FULL_SCALE = 0.9999
CLIPPED_SAMPLES = 100
"""Samples at full scale within a second: heard as a crackle. A limited mix has none."""


@dataclass(frozen=True, slots=True)
class Block:
    """One frame of the codec."""

    at_s: float
    length_s: float
    peak: float
    """1 is full scale."""
    clipped: int
    """Samples at full scale or beyond."""


def block_of(frame: AudioFrame) -> Block:
    samples = frame.to_ndarray()
    full_scale = 2.0 ** (8 * samples.dtype.itemsize - 1) - 1 if samples.dtype.kind == "i" else 1.0
    level = np.abs(samples.astype(np.float32)) / full_scale
    return Block(
        at_s=float(frame.time or 0.0),
        length_s=frame.samples / frame.sample_rate,
        peak=float(level.max(initial=0.0)),
        clipped=int((level >= FULL_SCALE).sum()),
    )


def sound_findings(blocks: Sequence[Block]) -> Iterator[Hit]:
    """The first silence and the first clipped second."""
    if not blocks:
        yield 0.0, "sound.missing", "there is no sound track"
        return
    yield from _silence(blocks)
    yield from _clipping(blocks)


def _silence(blocks: Sequence[Block]) -> Iterator[Hit]:
    since: float | None = None
    for block in blocks:
        if block.peak > SILENT_PEAK:
            since = None
            continue
        since = block.at_s if since is None else since
        if block.at_s + block.length_s - since >= SILENCE_S:
            yield since, "sound.silence", f"no sound for {SILENCE_S:g} s or more"
            return


def _clipping(blocks: Sequence[Block]) -> Iterator[Hit]:
    seconds: dict[int, int] = {}
    for block in blocks:
        second = int(block.at_s)
        seconds[second] = seconds.get(second, 0) + block.clipped
    for second, count in seconds.items():
        if count >= CLIPPED_SAMPLES:
            yield float(second), "sound.clipped", "the sound is clipped"
            return
