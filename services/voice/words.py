"""The tokens of a narration with the time in which each is heard."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from libs.common.media.sound import Word
from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime, TimeRange
from services.voice.normalise import Token
from services.voice.tts.base import Span

_RATE = Fraction(SAMPLE_RATE_HZ)


def timed_words(
    tokens: Sequence[Token], spans: Sequence[Span | None], *, from_hz: int, trimmed: int, lead: int, end: int
) -> tuple[Word, ...]:
    """`spans` count the engine's samples (`from_hz`). At 48 kHz, `trimmed` samples were cut off before the speech, `lead` samples lie
    before it now, and it stops at `end`.

    The times are on the 48 kHz grid, rise, do not overlap and lie within the speech. A token that makes no sound has none.
    """
    words: list[Word] = []
    char_start = 0
    free_from = lead
    for token, span in zip(tokens, spans, strict=True):
        spoken = None
        if span is not None:
            start = max(free_from, at_48k(span.start, from_hz) - trimmed + lead)
            stop = min(end, at_48k(span.end, from_hz) - trimmed + lead)
            if stop > start:
                spoken = TimeRange(RationalTime(start, _RATE), RationalTime(stop - start, _RATE))
                free_from = stop
        words.append(Word(text=token.display, char_start=char_start, spoken=spoken))
        char_start += len(token.display)
    return tuple(words)


def at_48k(sample: int, rate_hz: int) -> int:
    """A place in the engine's samples on the 48 kHz grid."""
    return RationalTime.snap(Fraction(sample, rate_hz), _RATE).value
