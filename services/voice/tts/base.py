"""The port of speech engines: spoken words in, samples and the time of each word out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from libs.common.media.sound import TimingSource
from services.voice.catalogue import Voice


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open, in samples of the engine's own rate."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What an engine said."""

    pcm: bytes
    """16-bit little-endian mono."""
    sample_rate_hz: int
    spans: tuple[Span | None, ...]
    """One for each unit that was asked for, in order and not overlapping; None for what has no sound (blanks, punctuation)."""
    timing_source: TimingSource


class SpeechSynthesizer(Protocol):
    """Equal calls give equal bytes, in every process and in every order. May be called from several threads.

    Raises Unavailable (`voice.engine_down`) where the engine does not answer, Defect (`voice.engine_refused`) where it does not know a
    voice of our own catalogue.
    """

    @property
    def identity(self) -> str:
        """Name and version of the engine: part of what decides the bytes."""
        ...

    def speak(self, units: Sequence[str], voice: Voice, rate_scale: float = 1.0) -> Speech:
        """Say `units`, which joined are the text to speak. `rate_scale` is how much faster than the voice's own pace, 0.5 to 2."""
        ...

    def close(self) -> None:
        """Give back processes and connections; the next `speak` starts them again."""
        ...
