"""A steady pulse under serious words: low strings, a ticking sixteenth, a drum on the bar line."""

from __future__ import annotations

from libs.common.media.brief import Scenario, Tone
from services.composition.music.drums import hat, kick, rim, tom
from services.composition.music.harmony import MINOR, melody, voicings
from services.composition.music.instruments import bass, bell, pad, stab
from services.composition.music.plan import Part
from services.composition.music.score import Score, Style

_ACCENTS = ((0, 3, 6, 10, 12), (0, 4, 7, 10, 14), (0, 3, 8, 11, 14))


def write(score: Score) -> None:
    chords = voicings(score.chords, around=58)
    accents = _ACCENTS[int(score.rng.integers(len(_ACCENTS)))]
    last = score.plan.bars - 1
    for bar, chord in enumerate(chords[:-1]):
        root = score.key.nearest(50, score.chords[bar][:1])
        fifth = score.key.nearest(57, score.chords[bar][2:3])
        for sixteenth in range(16):
            accent = sixteenth in accents
            gain = (0.36 if accent else 0.19) * (0.5 + 0.5 * score.fade_in(bar, sixteenth / 4))
            sound = stab(fifth if accent and sixteenth else root, score.beats(0.3), brightness=0.7 if accent else 0.5)
            score.play(sound, bar, sixteenth / 4, gain=gain, pan=0.25 if sixteenth % 2 else -0.25)
        for note in chord:
            score.play(pad(note, score.beats(4.4), brightness=0.5, attack_s=0.35), bar, 0, gain=0.11, loose=False)
    for bar in score.bars(Part.intro, Part.build, Part.full, Part.breath)[::2]:
        score.play(tom(), bar, 0, gain=0.3, loose=False)
    for bar in score.bars(Part.build, Part.full):
        root = score.key.nearest(43, score.chords[bar][:1])
        for beat in (0.0, 1.5, 3.0):
            score.play(bass(root, score.beats(1), growl=0.45, ring_s=0.6), bar, beat, gain=0.28)
        for eighth in range(8):
            score.play(hat(), bar, eighth / 2, gain=0.17 if eighth % 2 else 0.1, pan=0.35)
    for bar in score.bars(Part.full):
        score.play(kick(), bar, 0, gain=0.4)
        score.play(kick(), bar, 2.5, gain=0.3)
        for beat in (1, 3):
            score.play(rim(), bar, beat, gain=0.1, pan=-0.15)
    tune = melody(score.key, score.chords, score.rng, around=74)
    for bar in score.bars(Part.full):
        for tone in tune[bar][:2]:
            score.play(bell(tone.note, score.beats(tone.length + 1.5)), bar, tone.beat, gain=0.13, pan=0.2)
    for note in (*chords[-1], chords[-1][0] - 12):
        score.play(pad(note, score.beats(4), brightness=0.7, attack_s=0.02), last, 0, gain=0.13, loose=False)
        score.play(stab(note, score.beats(1), brightness=0.5), last, 0, gain=0.2, loose=False)
    score.play(tom(), last, 0, gain=0.5, loose=False)
    score.play(bass(score.key.nearest(43, score.chords[-1][:1]), score.beats(4), ring_s=1.6), last, 0, gain=0.45, loose=False)


STYLE = Style(
    name="newsroom_pulse",
    title="Newsroom pulse",
    bpm=(100, 108),
    scale=MINOR,
    progressions=((0, 5, 2, 6), (0, 5, 3, 6), (0, 3, 5, 6), (0, 2, 5, 6)),
    write=write,
    tones=frozenset({Tone.professional}),
    scenarios=frozenset({Scenario.news}),
    roots=(0, 2, 4, 9, 11),
    room_s=1.2,
    room_gain=0.28,
)
