"""Composition root of the step workers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from libs.common.blobs.base import BlobStore
from libs.common.runtime.context import StepBinding
from libs.common.runtime.fingerprint import source_fingerprint
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
    spoken = settings.model_dump_json(exclude={"processes", "timeout_s", "token"})
    salt = f"{engine.identity} {source_fingerprint(Path(__file__).parent)} {spoken}"
    work = partial(narrate, tts=engine, blobs=blobs, settings=settings)
    return {"voice.narrate": StepBinding(work=work, salt=lambda: salt)}
