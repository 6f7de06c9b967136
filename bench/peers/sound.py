"""Voice and music of the standard timeline as WAV files, for programs that mix them themselves."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.standard import Sound
from libs.common.blobs.base import BlobStore
from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.music import STYLES, compose
from services.composition.sound.voice import voice_track


def write_sound(folder: Path, sound: Sound, blobs: BlobStore) -> tuple[Path, Path]:
    """`voice.wav` and `music.wav`, both as long as the picture."""
    voice = voice_track(sound.utterances, blobs=blobs)
    music = compose(next(iter(STYLES.values())), samples=voice.shape[1], seed=1)
    return _written(folder / "voice.wav", voice), _written(folder / "music.wav", 0.3 * music)


def _written(path: Path, signal: NDArray[np.float32]) -> Path:
    """(channels, samples), -1..1."""
    with wave.open(str(path), "wb") as target:
        target.setnchannels(signal.shape[0])
        target.setsampwidth(2)
        target.setframerate(SAMPLE_RATE_HZ)
        target.writeframes((np.clip(signal.T, -1, 1) * 32_767).astype("<i2").tobytes())
    return path
