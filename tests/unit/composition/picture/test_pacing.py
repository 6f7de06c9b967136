"""Where the shots of a scene meet."""

from fractions import Fraction

import pytest

from libs.common.media.blob import BlobRef
from libs.common.media.brief import CutOn
from libs.common.media.music import MusicChoice, Track
from libs.common.media.storyboard import Mood
from libs.common.media.time import RationalTime
from services.composition.pacing import beats, paced, phase_at

FPS = Fraction(30)
TRACK = Track(
    id="morning",
    title="Morning",
    licence="ours",
    mood=Mood.warm,
    tempo_bpm=Fraction(120),
    first_beat_s=Fraction(1, 10),
    audio=BlobRef(key=f"sounds/{'0' * 64}.flac", size_bytes=1, media_type="audio/flac"),
    samples=48_000,
)


def test_a_joint_moves_to_the_nearest_mark(bench):
    shots = (bench.video(60), bench.video(60, source_frames=120))
    assert paced(shots, [60, 60], [0, 55, 70], FPS) == [55, 65]


def test_a_joint_out_of_reach_of_every_mark_stays(bench):
    assert paced((bench.video(60), bench.still(60)), [60, 60], [0, 30], FPS) == [60, 60]


def test_a_source_that_is_too_short_for_a_mark_is_left_as_it_was_chosen(bench):
    shots = (bench.video(60, source_frames=62), bench.still(60))
    assert paced(shots, [60, 60], [70], FPS) == [60, 60]
    assert paced(shots, [60, 60], [62], FPS) == [62, 58]


def test_no_shot_gets_shorter_than_it_may():
    assert paced((), [], [], FPS) == []


@pytest.mark.parametrize("tempo", [Fraction(120), Fraction(93), Fraction(1_000, 11)])
def test_beats_of_scenes_one_after_the_other_are_the_beats_of_the_whole(tempo):
    beat = 60 * FPS / tempo
    found, start = set(), 0
    for length in (97, 131, 60, 88):
        found |= {start + frame for frame in beats(phase_at(start, Fraction(0), beat), beat, length)}
        start += length
    whole = set(beats(Fraction(0), beat, start))
    assert found == whole
    assert all(abs(frame - number * beat) <= Fraction(1, 2) for number, frame in enumerate(sorted(whole)))


def test_cuts_land_on_the_beats_of_the_chosen_track(bench):
    brief = bench.brief(cut_on=CutOn.beats)
    first = bench.cut(bench.still(50), bench.still(50), brief=brief, choice=MusicChoice(track=TRACK))
    start = RationalTime(first.length, FPS)
    chosen = {"brief": brief, "choice": MusicChoice(track=TRACK), "start": start}
    second = bench.cut(bench.still(47), bench.still(53), scene=bench.scene(1), previous=first, **chosen)
    joints = [first.clips[1].start, first.length + second.clips[1].start]
    assert all((joint - 3) % 15 == 0 for joint in joints)  # a beat each half second, from a tenth of a second on


def test_without_beats_a_joint_lands_on_the_first_word_of_a_phrase(bench):
    words = [bench.word("早上", 0.1, 0.5), bench.mark("。"), bench.word("热水", 1.9, 2.4), bench.mark("。")]
    cut = bench.cut(bench.still(50), bench.still(50), words=words)
    assert cut.clips[1].start in [caption.start for caption in cut.captions]
