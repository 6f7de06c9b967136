"""What a style writes on: the plan, the harmony, the dice, and a stereo tape that the instruments play onto."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from libs.common.media.brief import Scenario, Tone
from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.music.harmony import Key, Progression, progression
from services.composition.music.instruments import Sound
from services.composition.music.plan import BEATS, Part, Plan
from services.composition.sound import Signal

_LOOSE_S = 0.004
"""Players are this far from the beat, one standard deviation."""


@dataclass(slots=True)
class Score:
    plan: Plan
    key: Key
    chords: tuple[tuple[int, ...], ...]
    """One a bar, as pitch classes."""
    rng: np.random.Generator
    tape: Signal = field(init=False)

    def __post_init__(self) -> None:
        self.tape = np.zeros((2, self.plan.samples), np.float32)

    def play(self, sound: Sound, bar: int, beat: float, *, gain: float, pan: float = 0.0, loose: bool = True) -> None:
        """Add a mono or stereo sound; `pan` from -1 (left) to 1, constant power. What reaches over the end is cut by the last fade."""
        late = float(np.clip(self.rng.normal(0, _LOOSE_S), -0.01, 0.01)) if loose else 0.0
        start = max(0, self.plan.at(bar, beat) + round(late * SAMPLE_RATE_HZ))
        room = self.plan.samples - start
        if room <= 0:
            return
        angle = (pan + 1) * np.pi / 4
        sides = np.array((np.cos(angle), np.sin(angle)), np.float32)[:, None] * np.float32(gain * np.sqrt(2))
        self.tape[:, start : start + sound.shape[-1]] += sides * sound[..., :room]

    def beats(self, length: float) -> float:
        """Seconds of so many beats, a little rounded so that equal notes are computed once."""
        return round(length * self.plan.beat_s, 3)

    def bars(self, *parts: Part) -> tuple[int, ...]:
        """The bars of these parts."""
        return tuple(bar for bar, part in enumerate(self.plan.parts) if part in parts)

    def fade_in(self, bar: int, beat: float) -> float:
        """From a half to 1 over the intro, then 1: layers come in instead of being switched on."""
        intro = len(self.bars(Part.intro))
        return min(1.0, 0.5 + 0.5 * (bar + beat / BEATS) / max(1, intro))


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One way to write a piece."""

    name: str
    title: str
    bpm: tuple[float, float]
    """Slowest and fastest."""
    scale: tuple[int, ...]
    progressions: tuple[Progression, ...]
    write: Callable[[Score], None]
    tones: frozenset[Tone] = frozenset()
    scenarios: frozenset[Scenario] = frozenset()
    roots: tuple[int, ...] = (0, 2, 4, 5, 7, 9)
    """Pitch classes to choose the key from."""
    chord_size: int = 3
    room_s: float = 1.1
    """Time in which the room falls silent (60 dB)."""
    room_gain: float = 0.25


def harmonised(style: Style, rng: np.random.Generator, bars: int) -> tuple[Key, tuple[tuple[int, ...], ...]]:
    """A key of the style and a chord for each bar."""
    key = Key(int(rng.choice(style.roots)), style.scale)
    degrees = style.progressions[int(rng.integers(len(style.progressions)))]
    return key, progression(key, degrees, bars, size=style.chord_size)
