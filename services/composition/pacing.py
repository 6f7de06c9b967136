"""Where the shots of a scene meet: on the first word of a phrase, or on a beat of the music, where the sources allow it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from libs.common.media.captions import Caption
from libs.common.media.footage import Shot

REACH_S = Fraction(7, 10)
"""A cut is moved by this much at most: further, and the shots would not be what the choice meant."""
SHORTEST_S = Fraction(4, 5)
"""No shot gets shorter than this."""


def beat_frames(tempo_bpm: Fraction, rate: Fraction) -> Fraction:
    """Frames a beat, exact."""
    return 60 * rate / tempo_bpm


def first_phase(first_beat_s: Fraction, beat: Fraction, rate: Fraction) -> Fraction:
    """How far into a beat the music is when the video starts, in frames."""
    return (-first_beat_s * rate) % beat


def phase_at(frame: int, first: Fraction, beat: Fraction) -> Fraction:
    """The same for a scene that starts at `frame` of the video; `first` is the phase at its start."""
    return (first + frame) % beat


def beats(phase: Fraction, beat: Fraction, length: int) -> list[int]:
    """The frames of a scene that are nearest to its beats, halves going up."""
    first = math.ceil(phase / beat)
    last = math.floor((phase + length) / beat)
    return [math.floor(number * beat - phase + Fraction(1, 2)) for number in range(first, last + 1)]


def phrase_starts(captions: Sequence[Caption]) -> list[int]:
    return [caption.start for caption in captions]


def paced(shots: Sequence[Shot], shares: Sequence[int], marks: Sequence[int], rate: Fraction) -> list[int]:
    """The shots' shares, in frames, with each joint moved to the nearest mark within reach. A joint without one, or whose sources are too
    short for it, stays. The sum stays."""
    reach, shortest = math.floor(REACH_S * rate), math.ceil(SHORTEST_S * rate)
    found = list(shares)
    for number in range(len(found) - 1):
        joint, start, end = sum(found[: number + 1]), sum(found[:number]), sum(found[: number + 2])
        for mark in sorted(marks, key=lambda frame: (abs(frame - joint), frame)):
            if abs(mark - joint) > reach:
                break
            before, after = mark - start, end - mark
            if min(before, after) >= min(shortest, found[number], found[number + 1]) and all(
                _lasts(shot, frames, rate) for shot, frames in ((shots[number], before), (shots[number + 1], after))
            ):
                found[number], found[number + 1] = before, after
                break
    return found


def _lasts(shot: Shot, frames: int, rate: Fraction) -> bool:
    """Whether the source has so many frames from the in point on."""
    if shot.source_range is None or shot.media.length is None:
        return True
    return shot.source_range.start.seconds + frames / rate <= shot.media.length.seconds
