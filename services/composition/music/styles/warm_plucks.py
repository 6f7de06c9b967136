"""Fingers on a warm string instrument, a round bass, brushes and a shaker."""

from __future__ import annotations

from libs.common.media.brief import Tone
from services.composition.music.drums import kick, rim, shaker
from services.composition.music.harmony import MAJOR, melody, voicings
from services.composition.music.instruments import bass, pad, pluck
from services.composition.music.plan import Part
from services.composition.music.score import Score, Style

_PATTERNS = ((0, 2, 1, 3, 2, 1, 3, 1), (0, 1, 2, 3, 2, 3, 1, 2), (0, 3, 1, 2, 3, 1, 2, 1))


def write(score: Score) -> None:
    chords = voicings(score.chords, around=57)
    pattern = _PATTERNS[int(score.rng.integers(len(_PATTERNS)))]
    last = score.plan.bars - 1
    for bar, chord in enumerate(chords[:-1]):
        strings = (*chord, chord[0] + 12)
        for eighth, string in enumerate(pattern):
            gain = (0.5 if eighth % 4 == 0 else 0.36) * score.fade_in(bar, eighth / 2)
            note = strings[string % len(strings)]
            score.play(pluck(note, score.beats(2.5)), bar, eighth / 2, gain=gain, pan=-0.35 if eighth % 2 else -0.1)
    for bar in score.bars(Part.build, Part.full, Part.breath):
        root = score.key.nearest(40, score.chords[bar][:1])
        for beat in (0.0, 2.5):
            score.play(bass(root, score.beats(1.5)), bar, beat, gain=0.5)
        for note in chords[bar]:
            score.play(pad(note, score.beats(4.3), brightness=0.25), bar, 0, gain=0.05, loose=False)
    for bar in score.bars(Part.build, Part.full):
        for eighth in range(8):
            score.play(shaker(), bar, eighth / 2, gain=0.09 if eighth % 2 else 0.16, pan=0.4)
    for bar in score.bars(Part.full):
        score.play(kick(), bar, 0, gain=0.42)
        score.play(kick(), bar, 2.5, gain=0.3)
        for beat in (1, 3):
            score.play(rim(), bar, beat, gain=0.16, pan=0.15)
    tune = melody(score.key, score.chords, score.rng, around=74)
    for bar in score.bars(Part.full):
        for tone in tune[bar]:
            sound = pluck(tone.note, score.beats(tone.length + 1), brightness=0.5, ring_s=0.7)
            score.play(sound, bar, tone.beat, gain=0.3, pan=0.25)
    for index, note in enumerate((*chords[-1], chords[-1][0] + 12)):
        score.play(pluck(note, score.beats(4), ring_s=1.8), last, 0.06 * index, gain=0.5, pan=-0.3 + 0.2 * index, loose=False)
    score.play(bass(score.key.nearest(40, score.chords[-1][:1]), score.beats(4), ring_s=1.6), last, 0, gain=0.5, loose=False)


STYLE = Style(
    name="warm_plucks",
    title="Warm plucked strings",
    bpm=(88, 98),
    scale=MAJOR,
    progressions=((0, 4, 5, 3), (0, 5, 3, 4), (0, 3, 0, 4), (5, 3, 0, 4)),
    write=write,
    tones=frozenset({Tone.warm}),
)
