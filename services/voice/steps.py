"""Composition root of the step workers."""

from __future__ import annotations

from functools import partial

from libs.common.blobs.base import BlobStore
from libs.common.runtime.context import StepBinding
from services.voice.catalogue import VOICES
from services.voice.narrate import narrate
from services.voice.settings import Engine, VoiceSettings
from services.voice.tts.base import SpeechSynthesizer
from services.voice.tts.espeak import EspeakSynthesizer
from services.voice.tts.silent import SilentSynthesizer


def build_synthesizer(settings: VoiceSettings) -> SpeechSynthesizer:
    """The engine of the settings; its process starts with the first word."""
    if settings.engine is Engine.silent:
        return SilentSynthesizer()
    return EspeakSynthesizer(processes=settings.processes, timeout_s=settings.timeout_s)


def build_steps(settings: VoiceSettings, *, blobs: BlobStore, tts: SpeechSynthesizer | None = None) -> dict[str, StepBinding]:
    engine = tts or build_synthesizer(settings)
    salt = f"{engine.identity} {settings.model_dump_json(exclude={'processes', 'timeout_s', 'token'})} {tuple(VOICES.values())!r}"
    work = partial(narrate, tts=engine, blobs=blobs, settings=settings)
    return {"voice.narrate": StepBinding(work=work, salt=lambda: salt)}
