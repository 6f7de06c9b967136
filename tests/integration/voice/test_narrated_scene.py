"""A scene through the real engine."""

import io
import wave
from fractions import Fraction

import numpy as np
import pytest

from libs.common import documents
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.brief import Brief, Language, Product
from libs.common.media.review import Decision, SceneReview
from libs.common.media.sound import TimingSource
from libs.common.media.storyboard import Scene, SceneRole
from libs.common.pipeline import STAGES
from libs.common.runtime.context import RecordingContext
from services.voice import waveform
from services.voice.settings import VoiceSettings
from services.voice.steps import build_steps

NARRATIONS = {
    Language.zh: "这款保温杯只要¥199，12小时长效保温，杯身只有300克。",
    Language.en: "This bottle costs only $19.99, and keeps drinks hot for 12 hours.",
}


@pytest.fixture(params=NARRATIONS, ids=str)
def language(request):
    return request.param


def narrated(language, *, target_s=Fraction(7), blobs=None):
    brief = Brief(product=Product(name="杯", selling_points=("保温",)), language=language)
    scene = Scene(index=0, role=SceneRole.hook, language=language, narration=NARRATIONS[language], visual_query="杯", target_s=target_s)
    review = SceneReview(scene=0, decision=Decision.allow, findings=(), policy_version="1")
    binding = build_steps(VoiceSettings(), blobs=blobs)[STAGES["voice.narrate"].name]
    return binding.work(brief, scene, review, context=RecordingContext())


def samples_of(blobs, utterance):
    with wave.open(io.BytesIO(blobs.get(utterance.audio.key))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / np.float32(32_768)


def test_it_fits_its_time_and_its_words_are_timed_by_the_engine(language):
    blobs = MemoryBlobStore()

    utterance = narrated(language, blobs=blobs)

    assert utterance.timing_source is TimingSource.engine
    assert abs(utterance.length.seconds - 7) <= Fraction(7, 10)
    assert "".join(word.text for word in utterance.words) == NARRATIONS[language]
    assert len(samples_of(blobs, utterance)) == utterance.length.at(Fraction(48_000)).value


def test_the_words_lie_where_the_sound_is(language):
    blobs = MemoryBlobStore()
    utterance = narrated(language, blobs=blobs)
    sound = samples_of(blobs, utterance)

    loud = [np.sqrt(np.mean(sound[w.spoken.start.value : w.spoken.end.value] ** 2)) for w in utterance.words if w.spoken]
    last = max(w.spoken.end.value for w in utterance.words if w.spoken)
    assert min(loud) > 0.003
    assert np.abs(sound[last + 2_400 :]).max(initial=0) < 0.003


def test_its_loudness_is_the_houses(language):
    blobs = MemoryBlobStore()
    sound = samples_of(blobs, narrated(language, blobs=blobs))

    assert waveform.loudness_lufs(sound) == pytest.approx(-24, abs=0.5)
    assert np.abs(sound).max() <= 10 ** (-3 / 20) + 1e-4


def test_two_runs_give_the_same_document(language):
    first, second = narrated(language, blobs=MemoryBlobStore()), narrated(language, blobs=MemoryBlobStore())

    assert documents.dump(first) == documents.dump(second)


def test_too_little_time_makes_it_faster_and_longer_but_cuts_nothing(language):
    blobs = MemoryBlobStore()
    utterance = narrated(language, target_s=Fraction(2), blobs=blobs)

    assert utterance.rate_scale == pytest.approx(1.3)
    assert utterance.length.seconds > 2
    assert not samples_of(blobs, utterance)[-4_800:].any()
