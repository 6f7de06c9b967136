"""A sentence of each voice, to choose by ear."""

from __future__ import annotations

from libs.common.media.brief import Language
from libs.common.media.errors import NotFound
from services.voice import waveform
from services.voice.catalogue import VOICES
from services.voice.narrate import FADE, speak
from services.voice.normalise import normalise
from services.voice.settings import VoiceSettings
from services.voice.tts.base import SpeechSynthesizer

SENTENCES = {
    Language.zh: "大家好，今天给你介绍一款保温杯，12小时长效保温，到手只要¥199。",
    Language.en: "Hello there. This bottle keeps your tea hot for 12 hours, and it is yours for only $19.99.",
}


def sample_wav(name: str, *, tts: SpeechSynthesizer, settings: VoiceSettings) -> bytes:
    """48 kHz mono WAV. Raises NotFound (`voice.not_found`), Unavailable where the engine is down."""
    voice = VOICES.get(name)
    if voice is None:
        raise NotFound(f"no voice {name!r}", code="voice.not_found")
    take = speak(tuple(token.spoken for token in normalise(SENTENCES[voice.language], voice.language)), voice, 1.0, tts)
    speech = take.samples[take.start : take.end]
    levelled = waveform.levelled(speech, target_lufs=settings.target_lufs + 6, peak_dbfs=settings.peak_dbfs)
    return waveform.wav_bytes(waveform.faded(levelled, FADE))
