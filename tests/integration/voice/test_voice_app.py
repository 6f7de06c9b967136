"""The HTTP face of the voice service."""

import io
import wave

import pytest
from fastapi.testclient import TestClient

from libs.common.media.brief import Language
from services.voice.app import create_app
from services.voice.settings import VoiceSettings
from services.voice.tts.espeak import EspeakSynthesizer


@pytest.fixture
def client():
    tts = EspeakSynthesizer()
    with TestClient(create_app(VoiceSettings(), tts=tts)) as client:
        yield client
    tts.close()


def test_every_language_has_voices_and_samples(client):
    voices = client.get("/v1/voices").json()["voices"]

    assert {voice["language"] for voice in voices} == {language.value for language in Language}
    for voice in voices[:3]:
        answer = client.get(voice["sample"])
        assert answer.headers["content-type"] == "audio/wav"
        with wave.open(io.BytesIO(answer.content)) as file:
            assert file.getnframes() > 2 * file.getframerate()


def test_an_unknown_voice_is_a_problem(client):
    answer = client.get("/v1/voices/nobody/sample")

    assert answer.status_code == 404
    assert answer.json()["code"] == "voice.not_found"


def test_it_is_ready_when_the_engine_speaks(client):
    assert client.get("/readyz").status_code == 200


def test_with_a_token_only_the_gateway_may_ask():
    client = TestClient(create_app(VoiceSettings(token="secret")))

    assert client.get("/v1/voices").status_code == 401
    assert client.get("/v1/voices", headers={"Authorization": "Bearer secret"}).status_code == 200
