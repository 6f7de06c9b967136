"""Music under a video: the customer's, or written for it; and the sounds that mark events."""

import io
import wave
from fractions import Fraction

import numpy as np
import pytest

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.errors import InvalidInput
from libs.common.media.music import Cue, MusicChoice
from libs.common.media.storyboard import Mood
from services.assets.child import memory_file
from services.assets.limits import MediaLimits
from services.assets.music import take_in
from services.assets.music.take_in import TrackLabel, take_in_track
from services.assets.music.tempo import find_tempo
from services.composition.music import STYLES, compose, tempo_of
from services.composition.music import bed as bed_module
from services.composition.music.bed import bed, read_sound
from services.composition.music.plan import steady_plan
from services.composition.sound.effects import CATALOGUE, effects_track


def clicks(seconds, every, *, first=0.0):
    sound = np.zeros(round(seconds * 48_000), np.float32)
    for number in range(int((seconds - first) / every) + 1):
        start = round((first + number * every) * 48_000)
        part = sound[start : start + 960]
        part += np.sin(np.arange(part.size) / 8) * 0.8
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes((sound * 32_000).astype("<i2").tobytes())
    return out.getvalue()


@pytest.fixture
def blobs():
    return MemoryBlobStore()


def track(blobs, data, **label):
    with memory_file(data) as source:
        given = TrackLabel(id="clicks", title="Clicks", licence="ours", mood=Mood.warm, **label)
        return take_in_track(source, given, blobs=blobs, limits=MediaLimits())


def onsets(sound):
    loud = np.abs(sound[0]) > 0.2
    return [int(at) for at in np.flatnonzero(loud) if not loud[max(0, at - 4_800) : at].any()]


def test_a_short_track_goes_on_in_its_own_pulse(blobs, film):
    piece = track(blobs, clicks(6.3, 0.5, first=0.2), tempo_bpm=Fraction(120), first_beat_s=Fraction(1, 5))
    sound, name = bed(film.brief, MusicChoice(track=piece), samples=15 * 48_000, seed=1, blobs=blobs)
    found = onsets(sound[:, : 13 * 48_000])
    assert name == "clicks"
    assert sound.shape == (2, 15 * 48_000)
    assert [at - found[0] for at in found] == pytest.approx([24_000 * number for number in range(len(found))], abs=60)
    assert np.abs(sound[:, -480:]).max() < 0.01


def test_a_long_track_is_cut_to_the_sample_and_fades(blobs, film):
    piece = track(blobs, clicks(8, 0.5), tempo_bpm=Fraction(120), first_beat_s=Fraction(0))
    sound, _ = bed(film.brief, MusicChoice(track=piece), samples=100_001, seed=1, blobs=blobs)
    assert sound.shape == (2, 100_001)
    assert np.abs(sound[:, -480:]).max() < 0.01


@pytest.mark.parametrize("samples", [480, 100_001])
def test_no_more_of_a_long_track_is_read_than_is_heard(blobs, film, samples, monkeypatch):
    piece = track(blobs, clicks(20, 2, first=1.9), tempo_bpm=Fraction(30), first_beat_s=Fraction(19, 10))
    read = []
    monkeypatch.setattr(bed_module, "read_sound", lambda *given, **how: read.append(found := read_sound(*given, **how)) or found)
    sound, _ = bed(film.brief, MusicChoice(track=piece), samples=samples, seed=1, blobs=blobs)
    assert sound.shape == (2, samples)
    assert read[0].shape[1] == samples + 4 * 48_000


def test_the_pulse_is_looked_for_in_the_first_minutes_alone(blobs, monkeypatch):
    monkeypatch.setattr(take_in, "LISTENED_S", 12.0)
    heard = []
    monkeypatch.setattr(take_in, "find_tempo", lambda mono: heard.append(mono) or find_tempo(mono))
    track(blobs, clicks(20, 0.6))
    assert heard[0].dtype == np.float32
    assert 12 * 48_000 <= heard[0].size < 12.2 * 48_000


def test_the_tempo_of_a_track_is_measured_where_its_owner_does_not_say_it(blobs):
    piece = track(blobs, clicks(12, 0.6, first=0.15))
    assert float(piece.tempo_bpm) == pytest.approx(100, abs=0.3)
    assert 0 <= piece.first_beat_s < Fraction(6, 10)


def test_a_piece_without_a_pulse_needs_its_tempo_said(blobs):
    rng = np.random.default_rng(1)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes((rng.standard_normal(10 * 48_000) * 3_000).astype("<i2").tobytes())
    with pytest.raises(InvalidInput) as refused:
        track(blobs, out.getvalue())
    assert (refused.value.code, refused.value.field) == ("music.no_pulse", "/tempo_bpm")


@pytest.mark.parametrize("name", STYLES)
def test_a_steady_piece_keeps_its_tempo_whatever_its_length(name):
    bpm = tempo_of(STYLES[name], seed=3)
    pieces = [compose(STYLES[name], samples=length * 48_000, seed=3, steady=True) for length in (9, 14)]
    assert {steady_plan(piece.shape[1], bpm=bpm).beat for piece in pieces} == {60 * 48_000 / bpm}
    assert [piece.shape[1] for piece in pieces] == [9 * 48_000, 14 * 48_000]
    assert all(np.abs(piece[:, -48:]).max() < 0.02 for piece in pieces)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_sound_has_its_event_on_the_frame(name):
    samples = 4 * 48_000
    made = effects_track([Cue(frame=60, sound=name)], samples=samples, rate=Fraction(30))
    assert made.shape == (2, samples)
    assert np.abs(made).max() == pytest.approx(1.0)
    loudest = int(np.abs(made).max(axis=0).argmax())
    assert abs(loudest - 2 * 48_000) < 0.08 * 48_000


def test_a_sound_at_the_edge_is_cut_and_an_unknown_one_refused():
    assert effects_track([Cue(frame=0, sound="rise"), Cue(frame=29, sound="ding")], samples=48_000, rate=Fraction(30)).shape == (2, 48_000)
    with pytest.raises(InvalidInput):
        effects_track([Cue(frame=0, sound="gong")], samples=48_000, rate=Fraction(30))
