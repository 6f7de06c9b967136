"""Light electronic music: chords off the beat, a pumping pad, four on the floor, claps."""

from __future__ import annotations

import numpy as np

from libs.common.media.brief import Tone
from libs.common.media.time import SAMPLE_RATE_HZ
from services.composition.music.drums import clap, hat, kick, riser
from services.composition.music.harmony import MAJOR, melody, voicings
from services.composition.music.instruments import Sound, bass, pad, stab
from services.composition.music.plan import Part
from services.composition.music.score import Score, Style

_STABS = ((0.0, 0.75, 1.5, 2.5, 3.25), (0.5, 1.5, 2.5, 3.5), (0.0, 1.5, 2.0, 3.5))


def write(score: Score) -> None:
    chords = voicings(score.chords, around=64)
    rhythm = _STABS[int(score.rng.integers(len(_STABS)))]
    last = score.plan.bars - 1
    for bar, chord in enumerate(chords[:-1]):
        bright = 0.4 + 0.3 * score.fade_in(bar, 0)
        for beat in rhythm:
            for index, note in enumerate(chord):
                gain = 0.25 * (0.5 + 0.5 * score.fade_in(bar, beat))
                score.play(stab(note, score.beats(0.7), brightness=round(bright, 1)), bar, beat, gain=gain, pan=(index - 1) * 0.5)
    for bar in score.bars(Part.build, Part.full, Part.breath):
        for note in chords[bar]:
            held = pad(note - 12, score.beats(4), brightness=0.6, attack_s=0.05)
            score.play(_pumped(held, score.beats(1)), bar, 0, gain=0.1, loose=False)
    for bar in score.bars(Part.build, Part.full):
        root = score.key.nearest(41, score.chords[bar][:1])
        for eighth in range(8):
            octave = 12 if eighth % 4 == 3 else 0
            score.play(bass(root + octave, score.beats(0.45), growl=0.5, ring_s=0.25), bar, eighth / 2, gain=0.25)
        for beat in range(4):
            score.play(kick(punch=0.8), bar, beat, gain=0.5, loose=False)
            score.play(hat(), bar, beat + 0.5, gain=0.22, pan=0.3)
    for bar in score.bars(Part.full):
        for beat in (1, 3):
            score.play(clap(), bar, beat, gain=0.2, pan=-0.1)
        for sixteenth in (3, 7, 11, 14):
            score.play(hat(), bar, sixteenth / 4, gain=0.12, pan=-0.4)
    tune = melody(score.key, score.chords, score.rng, around=76)
    for bar in score.bars(Part.full):
        for tone in tune[bar]:
            for echo, gain in enumerate((0.2, 0.08, 0.03)):
                sound = stab(tone.note, score.beats(0.8), brightness=0.6)
                score.play(sound, bar, tone.beat + 0.75 * echo, gain=gain, pan=(-0.3, 0.5, -0.6)[echo])
    for bar in score.bars(Part.build)[-1:]:
        score.play(riser(score.beats(4)), bar, 0, gain=0.12, loose=False)
    for note in chords[-1]:
        score.play(pad(note, score.beats(4), brightness=0.8, attack_s=0.01), last, 0, gain=0.16, loose=False)
        score.play(stab(note, score.beats(1), brightness=0.5), last, 0, gain=0.2, loose=False)
    score.play(bass(score.key.nearest(41, score.chords[-1][:1]), score.beats(4), ring_s=1.6), last, 0, gain=0.45, loose=False)
    score.play(kick(punch=0.8), last, 0, gain=0.5, loose=False)


def _pumped(sound: Sound, beat_s: float) -> Sound:
    """Down on each beat and back up: the pad makes way for the kick."""
    phase = (np.arange(sound.shape[-1]) / (beat_s * SAMPLE_RATE_HZ)) % 1
    return sound * (0.25 + 0.75 * np.sin(np.minimum(phase * 1.6, 1) * np.pi / 2) ** 2).astype(np.float32)


STYLE = Style(
    name="bright_electronic",
    title="Bright electronic",
    bpm=(112, 122),
    scale=MAJOR,
    progressions=((5, 3, 0, 4), (0, 4, 5, 3), (3, 4, 5, 0), (0, 2, 3, 4)),
    write=write,
    tones=frozenset({Tone.energetic}),
    room_s=0.8,
    room_gain=0.2,
)
