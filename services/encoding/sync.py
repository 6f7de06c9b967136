"""How far picture, sound and captions of a finished file are from the plan, in milliseconds."""

from __future__ import annotations

import wave
from fractions import Fraction
from itertools import accumulate
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from libs.common.blobs.base import BlobStore
from libs.common.media.sound import Utterance
from libs.common.media.time import SAMPLE_RATE_HZ
from libs.common.runtime.containers import open_input
from services.encoding.quality import Inspection
from services.encoding.webvtt import Cue, milliseconds

_REACH = SAMPLE_RATE_HZ // 20
"""A voice is looked for within 50 ms of its place."""
_WINDOW = SAMPLE_RATE_HZ * 3 // 2
_AUDIBLE = 1e-3


def container_error_ms(found: Inspection) -> float:
    """Picture and sound by the time stamps of the file: the worst frame, and the start of either track."""
    return float(1000 * max(found.picture_error, abs(found.picture_start), abs(found.sound_start)))


def voice_error_ms(video: BinaryIO, utterances: tuple[Utterance, ...], *, blobs: BlobStore) -> float:
    """Sound by ear: where each utterance is really heard in the decoded file, by cross-correlation; the worst. 0 for silence."""
    heard = _mono(video)
    starts = accumulate((int(utterance.length.seconds * SAMPLE_RATE_HZ) for utterance in utterances), initial=0)
    lags = [_lag(heard, start, _spoken(utterance, blobs=blobs)) for utterance, start in zip(utterances, starts, strict=False)]
    return max((1000 * abs(lag) / SAMPLE_RATE_HZ for lag in lags), default=0.0)


def caption_error_ms(cues: tuple[Cue, ...], rate: Fraction) -> float:
    """What the millisecond grid of WebVTT takes from exact frame times."""
    edges = [frame for cue in cues for frame in (cue.start, cue.end)]
    return float(max((abs(milliseconds(frame, rate) - 1000 * frame / rate) for frame in edges), default=Fraction(0)))


def phrase_to_voice_ms(cues: tuple[Cue, ...], utterances: tuple[Utterance, ...], rate: Fraction) -> float:
    """Largest distance of a caption's first frame from the nearest start of a spoken word."""
    offsets = accumulate((utterance.length.seconds for utterance in utterances), initial=Fraction(0))
    onsets = [
        offset + word.spoken.start.seconds
        for utterance, offset in zip(utterances, offsets, strict=False)
        for word in utterance.words
        if word.spoken is not None
    ]
    if not onsets:
        return 0.0
    return float(max((min(abs(cue.start / rate - onset) for onset in onsets) * 1000 for cue in cues), default=Fraction(0)))


def _mono(video: BinaryIO) -> NDArray[np.float32]:
    with open_input(video, name="the finished file") as container:
        blocks = [frame.to_ndarray().mean(axis=0) for frame in container.decode(audio=0)]
    return np.concatenate(blocks)


def _spoken(utterance: Utterance, *, blobs: BlobStore) -> NDArray[np.float32]:
    with blobs.open(utterance.audio.key) as source, wave.open(source, "rb") as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(np.float32) * np.float32(1 / 32_768)


def _lag(heard: NDArray[np.float32], start: int, spoken: NDArray[np.float32]) -> int:
    """Samples by which the first audible stretch of `spoken` comes late (or early, negative); 0 where it is silent."""
    audible = np.flatnonzero(np.abs(spoken) > _AUDIBLE)
    if not audible.size:
        return 0
    first = int(audible[0])
    piece = spoken[first : first + _WINDOW]
    place = start + first
    low = max(0, place - _REACH)
    around = heard[low : place + piece.size + _REACH]
    size = 1 << (around.size + piece.size).bit_length()
    match = np.fft.irfft(np.fft.rfft(around, size) * np.conj(np.fft.rfft(piece, size)), size)
    reach = place - low + _REACH + 1
    return int(np.argmax(match[:reach])) - (place - low)
