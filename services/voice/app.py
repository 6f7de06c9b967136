"""The internal HTTP face: the voices, and how each sounds."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI, Response

from libs.common.runtime.http import create_service_app
from services.voice.catalogue import VOICES, Voice
from services.voice.sample import sample_wav
from services.voice.settings import VoiceSettings
from services.voice.steps import build_synthesizer
from services.voice.tts.base import SpeechSynthesizer


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceInfo:
    name: str
    language: str
    locale: str
    title: str
    engine: str
    sample: str
    """Path of a WAV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceList:
    voices: tuple[VoiceInfo, ...]
    """The first of a language is its default."""


def create_app(settings: VoiceSettings, *, tts: SpeechSynthesizer | None = None) -> FastAPI:
    engine = tts or build_synthesizer(settings)
    voice = next(iter(VOICES.values()))
    token = settings.token.get_secret_value() if settings.token is not None else None
    app = create_service_app(title="voice", token=token, ready={"engine": lambda: engine.speak(("好",), voice)})

    @app.get("/v1/voices", operation_id="listVoices")
    def list_voices() -> VoiceList:
        """All voices."""
        return VoiceList(voices=tuple(_described(found) for found in VOICES.values()))

    @app.get("/v1/voices/{name}/sample", operation_id="hearVoice", response_class=Response)
    def hear_voice(name: str) -> Response:
        """One sentence, as WAV."""
        return Response(sample_wav(name, tts=engine, settings=settings), media_type="audio/wav")

    return app


def _described(voice: Voice) -> VoiceInfo:
    return VoiceInfo(
        name=voice.name,
        language=voice.language.value,
        locale=voice.locale,
        title=voice.title,
        engine=voice.engine,
        sample=f"/v1/voices/{voice.name}/sample",
    )
