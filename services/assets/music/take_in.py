"""A file becomes a track of the music library."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from typing import Annotated, BinaryIO, ClassVar

import numpy as np
from annotated_types import Interval, Len

from libs.common.blobs.base import BlobStore
from libs.common.media.brief import STRICT
from libs.common.media.errors import InvalidInput
from libs.common.media.exact import Exact
from libs.common.media.music import Track
from libs.common.media.pattern import Matches
from libs.common.media.storyboard import Mood
from libs.common.runtime.containers import open_input
from services.assets.limits import MediaLimits
from services.assets.media import take_in_sound
from services.assets.music.tempo import Tempo, find_tempo

LEAST_SURE = 0.5
"""Below, beats are not found but guessed."""
LISTENED_S = 600.0
"""A pulse that is not found in so much of a piece is not in the rest, and half an hour would not fit the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackLabel:
    """What the owner says of a track."""

    __pydantic_config__: ClassVar = STRICT

    id: Annotated[str, Matches(r"^[a-z0-9][a-z0-9_-]{0,79}$")]
    title: Annotated[str, Len(1, 200)]
    licence: Annotated[str, Len(1, 500)]
    """Under what you may use it: asked for, because nobody can tell later."""
    mood: Mood = Mood.neutral
    tempo_bpm: Annotated[Fraction, Exact(), Interval(ge=30, le=300)] | None = None
    """Beats a minute; measured where it is left out."""
    first_beat_s: Annotated[Fraction, Exact(), Interval(ge=0, le=60)] | None = None
    """Measured where it is left out."""


def take_in_track(source: BinaryIO, label: TrackLabel, *, blobs: BlobStore, limits: MediaLimits) -> Track:
    """`source` is a memory file. Raises what `media.take_in_sound` does, and InvalidInput (`music.no_pulse`) where the tempo is left out
    and cannot be heard."""
    sound = take_in_sound(source, blobs=blobs, limits=limits)
    tempo, first = label.tempo_bpm, label.first_beat_s
    if tempo is None or first is None:
        found = _heard(sound.blob.key, blobs=blobs)
        if tempo is None:
            if found is None or found.sureness < LEAST_SURE:
                detail = "no steady pulse is heard in this piece; say its tempo_bpm"
                raise InvalidInput(detail, code="music.no_pulse", field="/tempo_bpm")
            tempo = found.bpm
        if first is None:
            first = found.first_beat_s if found is not None else Fraction(0)
    return Track(
        id=label.id,
        title=label.title,
        licence=label.licence,
        mood=label.mood,
        tempo_bpm=tempo,
        first_beat_s=first % (60 / tempo),
        audio=sound.blob,
        samples=sound.samples,
    )


def _heard(key: str, *, blobs: BlobStore) -> Tempo | None:
    """The sound is our own FLAC by now."""
    with blobs.open(key) as file, open_input(file, name=key) as container:
        frames = takewhile(lambda frame: (frame.time or 0.0) < LISTENED_S, container.decode(audio=0))
        blocks = [np.asarray(frame.to_ndarray().reshape(-1, 2).mean(axis=1), np.float32) for frame in frames]
    return find_tempo(np.concatenate(blocks) / np.float32(32_768))
