"""Settings of the voice service."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from annotated_types import Interval
from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from libs.common.runtime.settings import Settings


class Engine(StrEnum):
    espeak = "espeak"
    silent = "silent"


class VoiceSettings(Settings):
    """Environment variables `REELSMITH_VOICE_…`."""

    model_config = SettingsConfigDict(env_prefix="REELSMITH_VOICE_")

    engine: Engine = Engine.espeak
    """`silent` makes utterances without sound, as long as speech would be: for drafts of the picture."""
    processes: Annotated[int, Interval(ge=1, le=16)] = 1
    """Speech engines side by side; one speaks 200 times faster than real time."""
    timeout_s: Annotated[float, Interval(gt=0)] = 20.0
    """After which an engine is killed."""
    stretch: Annotated[float, Interval(ge=0, le=0.4)] = 0.15
    """How much faster or slower than its own pace a voice may speak to fit a scene."""
    hurry: Annotated[float, Interval(ge=0, le=0.6)] = 0.3
    """How much faster it may speak where the scene would otherwise be over 8 % too long."""
    lead_s: Annotated[float, Interval(ge=0, le=1)] = 0.05
    """Silence before the first word of a scene; moved by half a frame at most, so that the word begins on a frame."""
    pause_s: Annotated[float, Interval(ge=0, le=2)] = 0.2
    """Silence after the last one, at least; less than a frame of it may go to the pauses between phrases."""
    target_lufs: Annotated[float, Interval(ge=-40, le=-10)] = -24.0
    """Loudness of every utterance before the mix; synthetic speech has peaks 21 dB above it, so that louder would be uneven."""
    peak_dbfs: Annotated[float, Interval(ge=-20, le=0)] = -3.0
    """No sample is higher."""
    token: SecretStr | None = None
    """Bearer that the HTTP face wants; the gateway's `internal_token`. None where nobody else can reach it."""
