"""Music under a video, and the short sounds that mark its events."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction

from libs.common.media.blob import BlobRef
from libs.common.media.brief import Brief
from libs.common.media.storyboard import Mood


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A piece of the customer's own music library."""

    id: str
    title: str
    licence: str
    """Under what the customer may use it, in his words."""
    mood: Mood
    tempo_bpm: Fraction
    """Beats a minute, constant over the piece."""
    first_beat_s: Fraction
    """Of the file; not negative, less than a beat."""
    audio: BlobRef
    """FLAC, 48 kHz stereo."""
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicChoice:
    """What plays under a video. Decided before anything is cut, so that cuts can land on its beats."""

    track: Track | None = None
    """None where the program writes the music itself, or there is none."""
    reason: str = ""
    """Why this one, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A short sound at a frame."""

    frame: int
    """From the start of the video."""
    sound: str
    """A name of the catalogue of sounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSheet:
    """Where sounds mark what is seen, over the whole video."""

    cues: tuple[Cue, ...] = ()


def music_seed(brief: Brief) -> int:
    """Decides which track is drawn and which piece is written: 64 bits. Another product gets other music, the same brief the same; the edit
    of a finished video names it, so that its music comes back."""
    return int.from_bytes(hashlib.sha256(f"{brief.seed}/{brief.product.name}".encode()).digest()[:8])
