"""Functions of time that make things move softly. Time is in seconds, results are plain numbers."""

from __future__ import annotations

import math


def wave(t: float, period_s: float, phase: float = 0.0) -> float:
    """A sine between -1 and 1; `phase` counts in turns."""
    return math.sin(2 * math.pi * (t / period_s + phase))


def breath(t: float, period_s: float, phase: float = 0.0) -> float:
    """0 to 1 and back, resting at both ends."""
    return (1 - math.cos(2 * math.pi * (t / period_s + phase))) / 2


def between(t: float, start_s: float, end_s: float) -> float:
    """How far `t` is from start to end, held at 0 before and at 1 after."""
    return min(1.0, max(0.0, (t - start_s) / (end_s - start_s)))


def eased(share: float) -> float:
    """Slow at both ends (smoothstep)."""
    return share * share * (3 - 2 * share)


def ease(t: float, start_s: float, end_s: float) -> float:
    """`between`, slow at both ends."""
    return eased(between(t, start_s, end_s))


def settle(t: float, start_s: float, end_s: float) -> float:
    """0 to 1 with a little overshoot at the end, as a thing that is put down (the `back` ease of Robert Penner)."""
    share = between(t, start_s, end_s) - 1
    return 1 + 2.2 * share**3 + 1.2 * share**2


def lerp(first: float, second: float, share: float) -> float:
    return first + (second - first) * share


def cycle(t: float, period_s: float, phase: float = 0.0) -> float:
    """0 to 1, again and again."""
    return (t / period_s + phase) % 1.0
