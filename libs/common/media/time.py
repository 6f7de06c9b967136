"""Exact time: a number of ticks on a grid of frames or samples."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

SAMPLE_RATE_HZ = 48_000
"""The one sample rate of the house: 1,600 samples a frame at 30 fps, without rounding."""


@dataclass(frozen=True, slots=True)
class RationalTime:
    """`value` ticks of 1/`rate` second; the rate is a frame rate or a sample rate."""

    value: int
    rate: Fraction

    def __post_init__(self) -> None:
        if self.rate <= 0:
            raise ValueError("a rate is positive")

    @classmethod
    def snap(cls, seconds: Fraction, rate: Fraction) -> Self:
        """The tick nearest to `seconds`, halves going up. Snap cut points, never durations."""
        return cls(math.floor(seconds * rate + Fraction(1, 2)), rate)

    @classmethod
    def ceil(cls, seconds: Fraction, rate: Fraction) -> Self:
        """The first tick that is not before `seconds`: what padding to a whole frame needs."""
        return cls(math.ceil(seconds * rate), rate)

    @property
    def seconds(self) -> Fraction:
        return self.value / self.rate

    def at(self, rate: Fraction) -> RationalTime:
        """The same instant on another grid. Raises ValueError where that grid has no such tick."""
        value = self.seconds * rate
        if value.denominator != 1:
            raise ValueError(f"{self.seconds} s is not on a grid of {rate}")
        return RationalTime(value.numerator, rate)

    def __add__(self, other: RationalTime) -> RationalTime:
        return RationalTime(self.value + other.at(self.rate).value, self.rate)

    def __sub__(self, other: RationalTime) -> RationalTime:
        return RationalTime(self.value - other.at(self.rate).value, self.rate)


@dataclass(frozen=True, slots=True)
class TimeRange:
    """Half-open: the tick at `end` is not part of it."""

    start: RationalTime
    duration: RationalTime

    def __post_init__(self) -> None:
        if self.duration.value < 0:
            raise ValueError("a range has no negative duration")

    @property
    def end(self) -> RationalTime:
        return self.start + self.duration

    def snapped_to(self, rate: Fraction) -> TimeRange:
        """The same range on another grid: both ends snap, so neighbours still meet."""
        start = RationalTime.snap(self.start.seconds, rate)
        return TimeRange(start, RationalTime.snap(self.end.seconds, rate) - start)
