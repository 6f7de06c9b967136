"""Words that follow a pause begin on a frame: captions start on frames, and so start with what they say.

Only silence is stretched or shortened; the voice itself is not touched, and no word is moved by more than half a frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime
from services.voice.tts.base import Span
from services.voice.waveform import AUDIBLE_DBFS, Samples

_RATE = Fraction(SAMPLE_RATE_HZ)
PAUSE = SAMPLE_RATE_HZ * 40 // 1000
"""40 ms: a shorter silence before a word belongs to its first consonant."""
LEFT = SAMPLE_RATE_HZ * 20 // 1000
"""What stays of a pause at least: 20 ms."""
_REACH = SAMPLE_RATE_HZ * 30 // 1000
"""How far before a word's time its pause may end: engines round times."""


def nearest_frame(sample: int, rate: Fraction) -> int:
    """The first sample of the frame whose beginning is nearest."""
    return RationalTime.ceil(RationalTime.snap(Fraction(sample, SAMPLE_RATE_HZ), rate).seconds, _RATE).value


def on_grid(samples: Samples, spans: Sequence[Span | None], *, origin: int, rate: Fraction) -> tuple[Samples, tuple[Span | None, ...]]:
    """`samples` at 48 kHz with its words, moved where a pause allows. Sample 0 will lie at `origin` of the utterance; the first word stays
    where it is."""
    pieces: list[Samples] = []
    placed: list[Span | None] = []
    taken = moved = 0
    last: int | None = None
    for span in spans:
        if span is None:
            placed.append(None)
            continue
        shift = nearest_frame(origin + span.start, rate) - (origin + span.start) - moved
        before = None if last is None else spans[last]
        if last is not None and before is not None and shift:
            pause = _pause(samples, max(taken, before.start), span.start)
            if pause is not None and pause[1] - pause[0] + shift >= LEFT:
                middle = (pause[0] + pause[1] + min(shift, 0)) // 2
                pieces += [samples[taken:middle], np.zeros(max(shift, 0), np.float32)]
                taken, moved = middle + max(-shift, 0), moved + shift
                spoken = placed[last]
                if spoken is not None and before.end > middle:  # an engine that counts the pause to the word before it
                    placed[last] = replace(spoken, end=max(spoken.start + 1, spoken.end + shift))
        last = len(placed)
        placed.append(Span(span.start + moved, span.end + moved))
    return np.concatenate([*pieces, samples[taken:]]), tuple(placed)


def _pause(samples: Samples, start: int, end: int) -> tuple[int, int] | None:
    """The silence that ends at `end` or shortly before, not reaching before `start`; None where it is too short for a pause."""
    loud = np.flatnonzero(np.abs(samples[start:end]) > 10 ** (AUDIBLE_DBFS / 20))
    edges = np.concatenate(([-1], loud, [end - start]))
    lengths = np.diff(edges) - 1
    long = np.flatnonzero(lengths >= PAUSE)
    if not long.size or end - start - edges[long[-1] + 1] > _REACH:
        return None
    return start + int(edges[long[-1]]) + 1, start + int(edges[long[-1] + 1])
