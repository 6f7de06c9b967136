"""The utterances on one track, each at the first sample of its scene."""

from __future__ import annotations

import wave
from itertools import accumulate

import numpy as np

from libs.common.blobs.base import BlobStore
from libs.common.media.errors import Defect, InvalidInput
from libs.common.media.sound import Utterance
from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.sound import Signal


def scene_starts(utterances: tuple[Utterance, ...]) -> tuple[int, ...]:
    """First sample of each scene, and the length of the whole as the last entry. Raises Defect where a length is not whole samples."""
    try:
        return tuple(accumulate((utterance.length.at(SAMPLE_RATE_HZ).value for utterance in utterances), initial=0))  # type: ignore[arg-type]
    except ValueError as error:
        raise Defect(f"a scene does not last a whole number of samples: {error}", code="mix.off_grid") from error


def voice_track(utterances: tuple[Utterance, ...], *, blobs: BlobStore) -> Signal:
    """Mono, shape (1, samples): no gap, no overlap, no rounding."""
    starts = scene_starts(utterances)
    track = np.zeros((1, starts[-1]), np.float32)
    for utterance, start, end in zip(utterances, starts, starts[1:], strict=False):
        spoken = _spoken(utterance, blobs=blobs)
        if spoken.size != end - start:
            detail = f"the sound of scene {utterance.scene} has {spoken.size} samples, its length says {end - start}"
            raise Defect(detail, code="mix.utterance_length")
        track[0, start:end] = spoken
    return track


def _spoken(utterance: Utterance, *, blobs: BlobStore) -> Signal:
    try:
        with blobs.open(utterance.audio.key) as source, wave.open(source, "rb") as sound:
            form = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
            samples = sound.readframes(sound.getnframes())
    except (wave.Error, EOFError) as error:
        raise InvalidInput(f"the sound of scene {utterance.scene} is no WAV file: {error}", code="mix.unreadable") from error
    if form != (1, 2, SAMPLE_RATE_HZ):
        detail = f"the sound of scene {utterance.scene} is not mono, 16 bit, 48 kHz"
        raise InvalidInput(detail, code="mix.sound_format")
    return np.frombuffer(samples, "<i2").astype(np.float32) * np.float32(1 / 32_768)
