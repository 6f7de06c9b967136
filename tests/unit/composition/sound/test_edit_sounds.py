"""Effect sounds and tracks of the music library in an edit, to the sample."""

import io
from fractions import Fraction

import av
import numpy as np
import pytest
from pydantic import TypeAdapter

from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.edit import ResolvedSource, SoundPart, SoundPlan, SoundRole, Sources, Timeline
from libs.common.media.errors import InvalidInput
from libs.common.media.music import Track
from libs.common.media.storyboard import Mood
from libs.common.media.time import RationalTime
from libs.common.runtime.context import RecordingContext
from services.composition import mix_edit as module
from services.composition.arrange_sound import lay_sound
from services.composition.mix_edit import mix_edit
from services.composition.sound.effects import made
from services.composition.sound.settings import SoundSettings

TIMELINE = TypeAdapter(Timeline)
HZ = 48_000
SAMPLES = Fraction(HZ)


def planned(*sounds, found=()):
    clip = {"media": {"colour": "#808080"}, "start": 0, "length": 4}
    body = {"title": "t", "size": {"width_px": 180, "height_px": 320}, "tracks": [{"clips": [clip]}], "sounds": list(sounds)}
    return lay_sound(TIMELINE.validate_python(body), Sources(found=tuple(found)), context=RecordingContext()).parts


def effect(start, name="whoosh", **more):
    return {"media": {"effect": name}, "start": start} | more


def test_the_event_of_an_effect_sound_is_heard_at_its_start():
    sound, event = made("whoosh")
    (part,) = planned(effect(2.5))
    assert (part.start, part.source_start, part.length) == (int(2.5 * HZ) - event, 0, sound.shape[1])


def test_what_would_be_heard_before_the_video_is_left_out():
    sound, event = made("whoosh")
    (part,) = planned(effect(0))
    assert (part.start, part.source_start, part.length) == (0, event, sound.shape[1] - event)


def test_an_effect_sound_ends_with_the_video():
    (part,) = planned(effect(4 - 1 / 48_000))
    assert part.start + part.length == 4 * HZ


@pytest.mark.parametrize(
    ("sound", "code", "field"),
    [
        (effect(1, "explosion"), "edit.unknown_sound", "/sounds/0/media/effect"),
        (effect(1, source_in=9), "edit.beyond_source", "/sounds/0/source_in"),
    ],
)
def test_an_effect_sound_that_is_not_there_is_refused(sound, code, field):
    with pytest.raises(InvalidInput) as caught:
        planned(sound)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.fixture(scope="module")
def shelf():
    """A store with a track of two seconds: a click on each beat, the first after a tenth of a second."""
    samples = np.zeros((1, 2 * 2 * HZ), np.int16)
    for beat in range(4):
        at = HZ // 10 + beat * HZ // 2
        samples[0, 2 * at : 2 * at + 400] = 12_000
    file = io.BytesIO()
    with av.open(file, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=HZ, layout="stereo")
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="stereo")
        frame.rate = HZ
        container.mux([*stream.encode(frame), *stream.encode(None)])
    blobs = MemoryBlobStore()
    track = Track(
        id="morning-01",
        title="Morning",
        licence="ours",
        mood=Mood.warm,
        tempo_bpm=Fraction(120),
        first_beat_s=Fraction(1, 10),
        audio=store_content(blobs, "sounds", file.getvalue(), "flac"),
        samples=2 * HZ,
    )
    return blobs, track


def source(track):
    return ResolvedSource(name=f"track:{track.id}", sound=track.audio, sound_length=RationalTime(track.samples, SAMPLES), track=track)


def test_a_track_that_is_too_short_goes_on_to_the_end_of_the_video(shelf):
    (part,) = planned({"media": {"track": "morning-01"}, "start": 1}, found=[source(shelf[1])])
    assert (part.start, part.length, part.track, part.role) == (HZ, 3 * HZ, shelf[1], SoundRole.music)


@pytest.fixture
def heard(monkeypatch):
    """The mix before it is mastered."""
    buses = []
    real = module.mastered

    def mastered(bus, **more):
        buses.append(bus.copy())
        return real(bus, **more)

    monkeypatch.setattr(module, "mastered", mastered)
    return buses


def mixed(heard, blobs, *parts, seconds=4):
    plan = SoundPlan(length=RationalTime(seconds * HZ, SAMPLES), parts=parts)
    soundtrack = mix_edit(plan, blobs=blobs, settings=SoundSettings(), context=RecordingContext())
    return heard[0], soundtrack


def test_the_pulse_of_a_track_runs_through_where_it_is_looped(shelf, heard):
    blobs, track = shelf
    bus, soundtrack = mixed(heard, blobs, SoundPart(start=0, length=4 * HZ, track=track, role=SoundRole.music))

    level = np.abs(bus).max() / 20
    starts = [at for at in range(1, 4 * HZ) if abs(bus[0, at]) > level >= np.abs(bus[0, max(0, at - 2_000) : at]).max()]
    assert len(starts) >= 6
    assert all(abs((at - HZ / 10) % (HZ / 2)) < 1_200 for at in starts)
    assert soundtrack.music == "morning-01"


def test_a_track_ends_as_the_edit_says(shelf, heard):
    blobs, track = shelf
    plain = SoundPart(start=0, length=2 * HZ, track=track, role=SoundRole.sound)
    with_its_own, _ = mixed(heard, blobs, plain)
    heard.clear()
    short, _ = mixed(heard, blobs, SoundPart(start=0, length=2 * HZ, track=track, role=SoundRole.sound, fade_out=480))

    at = slice(int(1.6 * HZ), int(1.6 * HZ) + 200)
    assert np.abs(short[0, at]).max() > 2 * np.abs(with_its_own[0, at]).max() > 0


def test_an_effect_sound_peaks_at_its_frame_above_the_rest(shelf, heard):
    _, event = made("ding")
    part = SoundPart(start=HZ, length=made("ding")[0].shape[1] // 2, effect="ding")
    bus, _ = mixed(heard, shelf[0], part)

    assert abs(int(np.abs(bus).max(axis=0).argmax()) - HZ - event) < HZ // 10
