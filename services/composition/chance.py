"""Chance that is the same each time: whatever looks random in a picture is a function of the clip's seed and the frame."""

from __future__ import annotations

import math

_MASK = (1 << 64) - 1


def chance(*key: int) -> float:
    """A number from 0 up to 1 for these integers: splitmix64 over each in turn (Steele, Lea, Flood 2014)."""
    state = 0
    for part in key:
        state = (state ^ (part & _MASK)) + 0x9E3779B97F4A7C15 & _MASK
        state = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & _MASK
        state = (state ^ state >> 27) * 0x94D049BB133111EB & _MASK
        state ^= state >> 31
    return state / 2**64


def wander(seconds: float, rate_hz: float, *key: int) -> float:
    """A smooth way between -1 and 1 about 0: four sines whose rates do not divide each other, the quick ones small."""
    total = 0.0
    for number, (rate, weight) in enumerate(((0.31, 1.0), (0.73, 0.62), (1.37, 0.38), (2.71, 0.2))):
        total += weight * math.sin(2 * math.pi * (rate * rate_hz * seconds + chance(*key, number)))
    return total / 2.2
