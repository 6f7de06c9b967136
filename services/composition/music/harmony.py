"""Keys, chords and melodies in MIDI note numbers (69 is A4, 440 Hz)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)

Progression = tuple[int, ...]
"""Scale degrees from 0, one a bar."""


def frequency_hz(note: float) -> float:
    return float(440 * 2 ** ((note - 69) / 12))


@dataclass(frozen=True, slots=True)
class Key:
    root: int
    """Pitch class, 0 is C."""
    scale: tuple[int, ...]

    def note(self, step: int) -> int:
        """The scale's `step`-th note above the root at MIDI 0."""
        octave, degree = divmod(step, len(self.scale))
        return self.root + 12 * octave + self.scale[degree]

    def chord(self, degree: int, *, size: int = 3) -> tuple[int, ...]:
        """Stacked thirds as pitch classes, the root first."""
        return tuple(self.note(degree + 2 * third) % 12 for third in range(size))

    def nearest(self, note: float, classes: tuple[int, ...] | None = None) -> int:
        """The note of the scale, or of `classes`, that is nearest to `note`; the lower of two."""
        allowed = {self.note(step) % 12 for step in range(7)} if classes is None else set(classes)
        return min((n for n in range(int(note) - 7, int(note) + 8) if n % 12 in allowed), key=lambda n: (abs(n - note), n))


def progression(key: Key, degrees: Progression, bars: int, *, size: int = 3) -> tuple[tuple[int, ...], ...]:
    """A chord a bar. The pattern repeats, the bar before the last leads home, the last is home."""
    pattern = [degrees[bar % len(degrees)] for bar in range(bars)]
    pattern[-1] = 0
    pattern[-2] = 4 if key.scale == MAJOR else 6
    if bars > 3 and pattern[-3] == pattern[-2]:
        pattern[-3] = 3
    return tuple(key.chord(degree, size=3 if bar == bars - 1 else size) for bar, degree in enumerate(pattern))


def voicings(chords: tuple[tuple[int, ...], ...], *, around: int) -> tuple[tuple[int, ...], ...]:
    """Each chord in close position near `around`, moving as little as it can from the one before."""
    voiced: list[tuple[int, ...]] = []
    before = float(around)
    for chord in chords:
        inversions = []
        for turn in range(len(chord)):
            notes = [*chord[turn:], *chord[:turn]]
            lifted = [notes[0]]
            for note in notes[1:]:
                lifted.append(note + 12 * -(-(lifted[-1] + 1 - note) // 12))
            shift = 12 * round((around - sum(lifted) / len(lifted)) / 12)
            inversions.append(tuple(note + shift for note in lifted))
        best = min(inversions, key=lambda notes: abs(sum(notes) / len(notes) - (before + around) / 2))
        before = sum(best) / len(best)
        voiced.append(best)
    return tuple(voiced)


@dataclass(frozen=True, slots=True)
class Tone:
    beat: float
    """From the start of the bar."""
    length: float
    """In beats."""
    note: int


_RHYTHMS = (
    (0.0, 1.5, 2.0, 3.0),
    (0.0, 1.0, 2.5),
    (0.5, 1.0, 2.0, 3.5),
    (0.0, 0.5, 1.5, 2.5),
    (1.0, 2.0, 3.0),
)


def melody(key: Key, chords: tuple[tuple[int, ...], ...], rng: np.random.Generator, *, around: int) -> tuple[tuple[Tone, ...], ...]:
    """A tune in phrases of four bars, A A B and an answer: one rhythm returns, strong beats sit on the chord, others step."""
    first, second = (_RHYTHMS[index] for index in rng.permutation(len(_RHYTHMS))[:2])
    contour = rng.integers(-2, 3, size=8)
    line: list[tuple[Tone, ...]] = []
    note = key.nearest(around, chords[0])
    for bar, chord in enumerate(chords):
        rhythm = (first, first, second, first[:2])[bar % 4]
        tones = []
        for index, beat in enumerate(rhythm):
            target = 0.6 * note + 0.4 * around + float(contour[(index + 3 * (bar % 2)) % 8]) * 1.8
            note = key.nearest(target, chord if beat == int(beat) and int(beat) % 2 == 0 else None)
            end = rhythm[index + 1] if index + 1 < len(rhythm) else 4.0
            tones.append(Tone(beat, min(end - beat, 2.0), note))
        line.append(tuple(tones))
    line[-1] = (Tone(0.0, 4.0, key.nearest(note, chords[-1][:1])),)
    return tuple(line)
