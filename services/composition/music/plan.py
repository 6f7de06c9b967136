"""The form of a piece: bars that fill the video exactly, and how much happens in each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from libs.common.media.time import SAMPLE_RATE_HZ

BEATS = 4
"""A bar has four beats."""


class Part(IntEnum):
    """What a bar is for; in order of how much plays."""

    ending = 0
    """The last chord, ringing out."""
    intro = 1
    breath = 2
    build = 3
    full = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    samples: int
    parts: tuple[Part, ...]
    """One a bar; the last is the ending."""
    steady_beat: Fraction | None = None
    """Samples a beat where the tempo may not bend: the last bar is then longer."""

    @property
    def bars(self) -> int:
        return len(self.parts)

    @property
    def beat(self) -> Fraction:
        """Samples a beat, exact: the bars fill the piece, or all but the end of the last one."""
        if self.steady_beat is not None:
            return self.steady_beat
        return Fraction(self.samples, self.bars * BEATS)

    @property
    def beat_s(self) -> float:
        return float(self.beat / SAMPLE_RATE_HZ)

    @property
    def bpm(self) -> float:
        return 60 / self.beat_s

    def at(self, bar: int, beat: float = 0.0) -> int:
        """The sample where a beat of a bar starts."""
        return round(self.beat * (bar * BEATS + Fraction(beat)))


def plan(samples: int, *, bpm: float) -> Plan:
    """The tempo bends so that the last bar ends with the video: at most a sixth in the shortest videos, a few per cent in usual ones."""
    bar_s = BEATS * 60 / bpm
    bars = max(2, round(samples / SAMPLE_RATE_HZ / bar_s))
    return Plan(samples=samples, parts=tuple(_part(bar, bars) for bar in range(bars)))


def steady_plan(samples: int, *, bpm: Fraction) -> Plan:
    """Exactly this tempo: the last chord rings for one to two bars."""
    beat = 60 * SAMPLE_RATE_HZ / bpm
    bars = max(2, int(samples / (beat * BEATS)))
    return Plan(samples=samples, parts=tuple(_part(bar, bars) for bar in range(bars)), steady_beat=beat)


def _part(bar: int, bars: int) -> Part:
    if bar == bars - 1:
        return Part.ending
    intro = max(1, min(2, bars // 5))
    build = intro + (bars // 5 if bars >= 5 else 0)
    if bar < intro:
        return Part.intro
    if bar < build:
        return Part.build
    middle = build + (bars - build) * 3 // 5
    if bars >= 20 and middle <= bar < middle + 2:
        return Part.breath
    return Part.full
