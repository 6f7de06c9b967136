"""Marimba, plucked bass and finger snaps that do not take themselves too seriously."""

from __future__ import annotations

from libs.common.media.brief import Tone
from services.composition.music.drums import kick, shaker, snap
from services.composition.music.harmony import MAJOR, melody, voicings
from services.composition.music.instruments import bass, mallet
from services.composition.music.plan import Part
from services.composition.music.score import Score, Style

_OSTINATI = (
    ((0.0, 0), (0.5, 2), (1.5, 1), (2.0, 3), (3.0, 2), (3.5, 1)),
    ((0.0, 0), (0.75, 1), (1.5, 2), (2.0, 0), (2.75, 1), (3.5, 3)),
    ((0.0, 2), (0.5, 0), (1.0, 1), (2.5, 3), (3.0, 1), (3.5, 0)),
)


def write(score: Score) -> None:
    chords = voicings(score.chords, around=62)
    ostinato = _OSTINATI[int(score.rng.integers(len(_OSTINATI)))]
    last = score.plan.bars - 1
    for bar, chord in enumerate(chords[:-1]):
        bars = (*chord, chord[0] + 12)
        for beat, step in ostinato:
            gain = 0.36 * (0.6 + 0.4 * score.fade_in(bar, beat))
            score.play(mallet(bars[step % len(bars)], score.beats(1)), bar, beat, gain=gain, pan=-0.25)
    for bar in score.bars(Part.build, Part.full, Part.breath):
        root, fifth = (score.key.nearest(41, (note,)) for note in (score.chords[bar][0], score.chords[bar][2]))
        for beat, note in ((0.0, root), (1.5, root), (2.0, fifth), (3.5, root)):
            score.play(bass(note, score.beats(0.6), ring_s=0.3), bar, beat, gain=0.42)
    for bar in score.bars(Part.build, Part.full):
        for beat in (1, 3):
            score.play(snap(), bar, beat, gain=0.2, pan=0.2)
    for bar in score.bars(Part.full):
        score.play(kick(), bar, 0, gain=0.36)
        score.play(kick(), bar, 1.5, gain=0.22)
        score.play(kick(), bar, 2, gain=0.3)
        for eighth in range(8):
            score.play(shaker(), bar, eighth / 2, gain=0.15 if eighth % 2 else 0.08, pan=0.45)
    tune = melody(score.key, score.chords, score.rng, around=76)
    for bar in score.bars(Part.full):
        for tone in tune[bar]:
            score.play(mallet(tone.note, score.beats(1), hardness=0.6), bar, tone.beat, gain=0.3, pan=0.3)
            score.play(mallet(tone.note + 12, score.beats(0.5), hardness=0.2), bar, tone.beat, gain=0.06, pan=0.5)
    # Three notes that run up to the last one, a beat apart, then the chord in one stroke.
    for index, note in enumerate(chords[-2]):
        score.play(mallet(note + 12, score.beats(1)), last - 1, 2.5 + 0.5 * index, gain=0.25, loose=False)
    for note in (*chords[-1], chords[-1][0] + 12, chords[-1][0] + 24):
        score.play(mallet(note, score.beats(4), hardness=0.5), last, 0, gain=0.34, loose=False)
    score.play(bass(score.key.nearest(41, score.chords[-1][:1]), score.beats(3), ring_s=0.9), last, 0, gain=0.45, loose=False)
    score.play(kick(), last, 0, gain=0.36, loose=False)


STYLE = Style(
    name="playful_marimba",
    title="Playful marimba",
    bpm=(104, 114),
    scale=MAJOR,
    progressions=((0, 3, 4, 3), (0, 5, 3, 4), (0, 1, 4, 0), (0, 3, 1, 4)),
    write=write,
    tones=frozenset({Tone.playful}),
    room_s=0.9,
    room_gain=0.22,
)
