"""The voices that can be asked for, with the settings that make each pleasant to hear."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.brief import Language
from libs.common.media.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    name: str
    """What a brief says."""
    language: Language
    locale: str
    """BCP 47 tag."""
    title: str
    """For people, in the language of the voice."""
    engine: str
    model: str
    """The engine's own name of the voice."""
    pace: int
    """The engine's rate at scale 1; for espeak words a minute."""
    pitch: int
    """0 to 100, 50 is the engine's own."""
    pitch_range: int
    """How lively the melody is, 0 to 100."""
    weights_per_s: float
    """Measured pace in syllables a second (see `services.voice.syllables`): what a voice without sound goes by."""


_ESPEAK = "espeak-ng"

_ALL = (
    Voice(
        name="zh-male",
        language=Language.zh,
        locale="zh-CN",
        title="普通话·男声",
        engine=_ESPEAK,
        model="cmn",
        pace=207,
        pitch=42,
        pitch_range=55,
        weights_per_s=4.5,
    ),
    Voice(
        name="zh-female",
        language=Language.zh,
        locale="zh-CN",
        title="普通话·女声",
        engine=_ESPEAK,
        model="cmn+f2",
        pace=207,
        pitch=48,
        pitch_range=55,
        weights_per_s=4.5,
    ),
    Voice(
        name="en-us-male",
        language=Language.en,
        locale="en-US",
        title="American English, male",
        engine=_ESPEAK,
        model="gmw/en-US",
        pace=150,
        pitch=42,
        pitch_range=58,
        weights_per_s=4.1,
    ),
    Voice(
        name="en-us-female",
        language=Language.en,
        locale="en-US",
        title="American English, female",
        engine=_ESPEAK,
        model="gmw/en-US+f3",
        pace=150,
        pitch=48,
        pitch_range=58,
        weights_per_s=4.1,
    ),
    Voice(
        name="en-gb-male",
        language=Language.en,
        locale="en-GB",
        title="British English, male",
        engine=_ESPEAK,
        model="gmw/en",
        pace=150,
        pitch=42,
        pitch_range=58,
        weights_per_s=4.1,
    ),
    Voice(
        name="en-gb-female",
        language=Language.en,
        locale="en-GB",
        title="British English, female",
        engine=_ESPEAK,
        model="gmw/en+f2",
        pace=150,
        pitch=48,
        pitch_range=58,
        weights_per_s=4.1,
    ),
)

VOICES = {voice.name: voice for voice in _ALL}
"""By name; the first of a language is its default."""


def voice_for(name: str | None, language: Language) -> Voice:
    """The voice that a brief asks for, or the language's first. Raises InvalidInput (`brief.unknown_voice`, `brief.voice_language`)."""
    if name is None:
        return next(voice for voice in VOICES.values() if voice.language is language)
    voice = VOICES.get(name)
    if voice is None:
        raise InvalidInput(f"unknown voice {name!r}; there are: {', '.join(VOICES)}", code="brief.unknown_voice", field="/voice")
    if voice.language is not language:
        raise InvalidInput(f"voice {name!r} does not speak {language.value!r}", code="brief.voice_language", field="/voice")
    return voice
