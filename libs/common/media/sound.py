"""What is heard: the utterances of the scenes and the mixed soundtrack."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from libs.common.media.blob import BlobRef
from libs.common.media.time import RationalTime, TimeRange


class TimingSource(StrEnum):
    """Where word times come from, best first."""

    engine = "engine"
    segment = "segment"
    energy = "energy"
    proportional = "proportional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A piece of the narration as it is shown, with the time in which it is spoken."""

    text: str
    """The display token: `¥199`, not `一百九十九元`. The tokens of an utterance, joined, are the narration."""
    char_start: int
    """Offset in the narration, in characters."""
    spoken: TimeRange | None
    """On the sample grid, from the start of the utterance; None for punctuation and blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One scene, spoken. Its length is the scene's length: a whole number of frames."""

    scene: int
    audio: BlobRef
    """48 kHz mono 16-bit WAV, padded with silence to `length`."""
    length: RationalTime
    """On the frame grid."""
    words: tuple[Word, ...]
    voice: str
    engine: str
    timing_source: TimingSource
    rate_scale: float = 1.0
    """How much faster than the voice's own pace it speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundtrack:
    """Voice and music of the whole video, encoded once."""

    audio: BlobRef
    """AAC-LC 48 kHz stereo in MP4, with its priming edit list."""
    length: RationalTime
    """On the sample grid; equal to the picture's length."""
    integrated_lufs: float
    true_peak_dbtp: float
    music: str | None
    """Name of the music bed, None for voice alone."""
