"""How the soundtrack is mixed."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from libs.common.runtime.settings import Settings


class SoundSettings(Settings):
    model_config = SettingsConfigDict(env_prefix="REELSMITH_SOUND_")

    loudness_lufs: float = Field(default=-14.0, ge=-31, le=-8)
    """Integrated loudness of the finished soundtrack: -14 is what short-video platforms play at."""
    true_peak_dbtp: float = Field(default=-1.0, ge=-9, le=-0.1)
    """No decoded sample or value between samples is above."""
    bitrate_bps: int = Field(default=192_000, ge=96_000, le=320_000)
    """Of the AAC-LC stereo track."""
    music_below_voice_lu: float = Field(default=3.0, ge=0, le=30)
    """How much softer the music is than the voice where nobody speaks."""
    effects_above_lu: float = Field(default=6.0, ge=-20, le=20)
    """How far the peaks of effect sounds reach above the loudness of voice and music."""
    duck_db: float = Field(default=12.0, ge=0, le=40)
    """How much further it goes down where somebody does."""
