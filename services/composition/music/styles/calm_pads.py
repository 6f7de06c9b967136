"""Wide soft chords, an electric piano that takes its time, single bell tones."""

from __future__ import annotations

from libs.common.media.brief import Tone
from services.composition.music.drums import kick, shaker
from services.composition.music.harmony import MAJOR, melody, voicings
from services.composition.music.instruments import bass, bell, keys, pad
from services.composition.music.plan import Part
from services.composition.music.score import Score, Style

_WALKS = ((0, 1, 2, 3), (0, 2, 1, 3), (3, 2, 1, 2))


def write(score: Score) -> None:
    chords = voicings(score.chords, around=60)
    walk = _WALKS[int(score.rng.integers(len(_WALKS)))]
    last = score.plan.bars - 1
    for bar, chord in enumerate(chords):
        attack_s = 0.25 if bar == 0 else 0.7
        length = 4.0 if bar == last else 4.8
        for note in chord:
            score.play(pad(note, score.beats(length), brightness=0.5, attack_s=attack_s), bar, 0, gain=0.15, loose=False)
        root = score.key.nearest(43, score.chords[bar][:1])
        score.play(bass(root, score.beats(4), growl=0.25, ring_s=1.5), bar, 0, gain=0.32, loose=False)
    for bar, chord in enumerate(chords[:-1]):
        sparse = score.plan.parts[bar] in (Part.intro, Part.breath)
        for beat, step in enumerate(walk):
            if not (sparse and beat % 2):
                note = chord[step] if step < len(chord) else chord[0] + 12
                score.play(keys(note, score.beats(2)), bar, beat, gain=0.2, pan=-0.3 + 0.2 * beat)
    for bar in score.bars(Part.full):
        score.play(kick(punch=0.1), bar, 0, gain=0.3)
        score.play(kick(punch=0.1), bar, 2, gain=0.22)
        for beat in range(4):
            score.play(shaker(), bar, beat + 0.5, gain=0.09, pan=0.35)
    tune = melody(score.key, score.chords, score.rng, around=76)
    for bar in score.bars(Part.build, Part.full):
        for tone in tune[bar][::2]:
            score.play(bell(tone.note, score.beats(tone.length + 2)), bar, tone.beat, gain=0.17, pan=0.3)
    for index, note in enumerate((*chords[-1], tune[-1][0].note)):
        score.play(keys(note, score.beats(4)), last, 0.09 * index, gain=0.22, pan=-0.3 + 0.2 * index, loose=False)


STYLE = Style(
    name="calm_pads",
    title="Calm pads",
    bpm=(70, 78),
    scale=MAJOR,
    progressions=((0, 3, 5, 4), (0, 5, 3, 4), (3, 0, 4, 5), (0, 2, 3, 4)),
    write=write,
    tones=frozenset({Tone.calm}),
    chord_size=4,
    room_s=1.4,
    room_gain=0.35,
)
