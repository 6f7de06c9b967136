"""One scene, spoken and fitted."""

import io
import wave
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from libs.common import documents
from libs.common.media.brief import Language
from libs.common.media.errors import InvalidInput
from libs.common.media.sound import TimingSource
from libs.common.runtime.context import RecordingContext
from services.voice.settings import VoiceSettings

ZH = "这款保温杯只要¥199，12小时长效保温，杯身只有300克。"


def frames_of(blobs, utterance):
    with wave.open(io.BytesIO(blobs.get(utterance.audio.key))) as file:
        return file.getnframes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(["保温杯", "¥199", "，", "300克", "USB", "好", "。", " "]), min_size=1, max_size=30),
       target_s=st.fractions(min_value=Fraction(1, 2), max_value=20))  # fmt: skip
def test_an_utterance_is_whole_frames_and_never_cut(spoken, blobs, words, target_s):
    utterance = spoken("好" + "".join(words), target_s=target_s)

    assert frames_of(blobs, utterance) == utterance.length.at(Fraction(48_000)).value
    assert utterance.length.rate == 30
    ranges = [word.spoken for word in utterance.words if word.spoken]
    assert ranges[-1].end.seconds <= utterance.length.seconds
    assert all(one.end.value <= two.start.value for one, two in pairwise(ranges))
    assert "".join(word.text for word in utterance.words) == "好" + "".join(words)


@pytest.mark.parametrize("count", range(1, 12))
def test_without_a_pause_there_is_still_room_for_the_last_sample(spoken, count):
    context = RecordingContext()

    utterance = spoken("好" * count, target_s="1/2", settings=VoiceSettings(pause_s=0, lead_s=0), context=context)

    assert utterance.words[-1].spoken.end.seconds <= utterance.length.seconds
    assert float(utterance.length.seconds) >= context.figures["speech_s"] - 1e-3


def test_speech_that_is_short_is_padded_to_its_time(spoken):
    assert spoken("你好。", target_s="4").length.seconds == 4


def test_speech_that_is_long_makes_the_scene_longer(spoken):
    context = RecordingContext()

    utterance = spoken(ZH * 3, target_s="2", context=context)

    assert utterance.length.seconds > 2
    assert context.figures["hurried"]


def test_the_rate_stays_within_its_limits(spoken):
    assert spoken(ZH, target_s="20").rate_scale == pytest.approx(1 / 1.15, abs=1e-3)
    assert spoken(ZH, target_s="1").rate_scale == pytest.approx(1.3)


def test_a_fitting_rate_reaches_the_target(spoken):
    context = RecordingContext()
    own_s = float(spoken(ZH, target_s="1", settings=None, context=context).rate_scale) * context.figures["speech_s"]
    target_s = Fraction(round(own_s * 1.08 * 30) + 8, 30)

    utterance = spoken(ZH, target_s=target_s, context=context)

    assert utterance.length.seconds == target_s
    assert context.figures["speech_s"] == pytest.approx(float(target_s) - 0.25, rel=0.03)


def test_the_price_keeps_its_digits_and_has_a_time(spoken):
    utterance = spoken(ZH)

    price = next(word for word in utterance.words if word.text == "¥199")
    assert ZH[price.char_start :].startswith("¥199")
    assert price.spoken.duration.seconds > Fraction(1, 2)  # 一百九十九元: six syllables


def test_punctuation_has_no_time(spoken):
    assert all(word.spoken is None for word in spoken(ZH).words if word.text in "，。")


def test_where_the_times_come_from_is_said(spoken):
    assert spoken(ZH).timing_source is TimingSource.proportional
    assert spoken(ZH).engine == "silent/1"


def test_the_same_scene_gives_the_same_bytes(spoken):
    assert documents.dump(spoken(ZH)) == documents.dump(spoken(ZH))


def test_an_unknown_voice_is_the_callers_mistake(spoken):
    with pytest.raises(InvalidInput) as caught:
        spoken(ZH, voice="nobody")

    assert (caught.value.code, caught.value.field) == ("brief.unknown_voice", "/voice")


def test_a_voice_of_another_language_is_refused(spoken):
    with pytest.raises(InvalidInput) as caught:
        spoken(ZH, voice="en-us-male")

    assert (caught.value.code, caught.value.field) == ("brief.voice_language", "/voice")


def test_the_default_is_the_languages_first_voice(spoken):
    assert spoken(ZH).voice == "zh-male"
    assert spoken("Hello there.", language=Language.en).voice == "en-us-male"


def test_a_narration_without_a_word_is_refused(spoken):
    with pytest.raises(InvalidInput, match="nothing to say"):
        spoken("……！")
