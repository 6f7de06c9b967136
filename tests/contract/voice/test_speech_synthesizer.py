"""Every speech engine keeps the promises of the port."""

from itertools import pairwise

import pytest

from libs.common.media.brief import Language
from services.voice.catalogue import VOICES
from services.voice.normalise import normalise
from services.voice.tts.espeak import EspeakSynthesizer
from services.voice.tts.silent import SilentSynthesizer

TEXTS = {
    Language.zh: "这款保温杯只要¥199，12小时长效保温！支持USB充电，买2个打8折。",
    Language.en: "Made of the best steel, for $19.99. It is up to 20% lighter, and it's yours!",
}


@pytest.fixture(params=[EspeakSynthesizer, SilentSynthesizer], scope="module")
def tts(request):
    engine = request.param()
    yield engine
    engine.close()


@pytest.fixture(params=VOICES.values(), ids=VOICES)
def voice(request):
    return request.param


@pytest.fixture
def units(voice):
    return [token.spoken for token in normalise(TEXTS[voice.language], voice.language)]


def test_every_unit_with_a_sound_has_a_time_and_no_other(tts, voice, units):
    spans = tts.speak(units, voice).spans

    assert len(spans) == len(units)
    assert [span is not None for span in spans] == [any(char.isalnum() for char in unit) for unit in units]


def test_times_rise_and_lie_within_the_sound(tts, voice, units):
    speech = tts.speak(units, voice)

    spans = [span for span in speech.spans if span]
    assert all(span.start < span.end for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert spans[0].start >= 0
    assert spans[-1].end <= len(speech.pcm) // 2


def test_a_higher_rate_is_shorter(tts, voice, units):
    slow, fast = tts.speak(units, voice, 0.9), tts.speak(units, voice, 1.2)

    assert 0.65 < len(fast.pcm) / len(slow.pcm) < 0.87


def test_equal_calls_give_equal_bytes(tts, voice, units):
    first = tts.speak(units, voice)
    tts.speak(["other", " ", "words"], voice, 1.1)

    assert tts.speak(units, voice) == first


def test_it_speaks_again_after_it_was_closed(tts, voice, units):
    before = tts.speak(units, voice)
    tts.close()

    assert tts.speak(units, voice) == before


def test_the_pace_is_that_of_the_catalogue(tts, voice):
    text = {
        Language.zh: "这款保温杯十二小时长效保温，让你随时喝到热水。杯身轻巧，放进包里一点也不重。",
        Language.en: "It keeps drinks hot for twelve hours, and weighs only three hundred grams. Slip it into your bag, and enjoy tea.",
    }[voice.language]
    units = [token.spoken for token in normalise(text, voice.language)]
    speech = tts.speak(units, voice)

    seconds = len(speech.pcm) / 2 / speech.sample_rate_hz
    wanted = {Language.zh: sum(char.isalpha() for char in text) / 4.5, Language.en: len(text.split()) / 2.7}[voice.language]
    assert seconds == pytest.approx(wanted, rel=0.15)
