"""Which of the customer's tracks plays, and what is heard in it."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from libs.common.media.blob import BlobRef
from libs.common.media.brief import Brief, Product, Scenario, Tone
from libs.common.media.errors import InvalidInput
from libs.common.media.music import Track
from libs.common.media.storyboard import Mood
from libs.common.runtime.context import RecordingContext
from services.assets.library import FixedLibrary
from services.assets.music.choose import choose_music
from services.assets.music.tempo import find_tempo

BRIEF = Brief(product=Product(name="Cup", selling_points=("keeps warm",)), tone=Tone.warm)


def track(name, mood):
    audio = BlobRef(key=f"sounds/{'0' * 64}.flac", size_bytes=1, media_type="audio/flac")
    return Track(
        id=name, title=name, licence="ours", mood=mood, tempo_bpm=Fraction(90), first_beat_s=Fraction(0), audio=audio, samples=48_000
    )


LIBRARY = FixedLibrary(tracks=[track("sun", Mood.warm), track("rain", Mood.calm), track("race", Mood.tense)])


def chosen(brief):
    return choose_music(brief, library=LIBRARY, context=RecordingContext())


@pytest.mark.parametrize(
    ("brief", "name"),
    [
        (BRIEF, "sun"),
        (replace(BRIEF, tone=Tone.professional), "rain"),
        (replace(BRIEF, scenario=Scenario.news), "race"),
        (replace(BRIEF, music_track="rain"), "rain"),
    ],
)
def test_the_named_track_plays_or_one_of_a_fitting_mood(brief, name):
    assert chosen(brief).track.id == name


def test_a_brief_without_music_and_a_library_without_the_mood_choose_none():
    assert chosen(replace(BRIEF, music=False)).track is None
    nothing = choose_music(BRIEF, library=FixedLibrary(), context=RecordingContext())
    assert nothing.track is None
    assert nothing.reason == "the music library is empty"


def test_a_track_that_is_not_there_is_refused_by_name():
    with pytest.raises(InvalidInput) as refused:
        chosen(replace(BRIEF, music_track="storm"))
    assert (refused.value.code, refused.value.field) == ("brief.unknown_music", "/music_track")


@pytest.mark.parametrize(("bpm", "first_s"), [(90, 0.2), (120, 0.0), (132, 0.31)])
def test_the_beat_of_a_drum_is_found_to_a_hundredth(bpm, first_s):
    sound = np.zeros(20 * 48_000, np.float32)
    hit = np.sin(np.arange(3_000) / 15) * np.exp(-np.arange(3_000) / 600)
    at = first_s
    while at < 19.9:
        start = round(at * 48_000)
        sound[start : start + 3_000] += hit[: sound.size - start].astype(np.float32)
        at += 60 / bpm
    found = find_tempo(sound)
    assert float(found.bpm) == pytest.approx(bpm, abs=0.15)
    late = (float(found.first_beat_s) - first_s) % (60 / bpm)
    assert min(late, 60 / bpm - late) < 0.025
    assert found.sureness > 0.8


def test_noise_and_silence_have_no_beat():
    assert find_tempo(np.zeros(10 * 48_000, np.float32)) is None
    noise = np.random.default_rng(1).standard_normal(20 * 48_000).astype(np.float32)
    assert find_tempo(noise).sureness < 0.5
