"""Settings of the picture: how frames are drawn and encoded. The sound has its own (`sound.settings`)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from annotated_types import Interval
from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from libs.common.runtime.settings import Settings


class Drawing(StrEnum):
    auto = "auto"
    kernel = "kernel"
    opencv = "opencv"


class CompositionSettings(Settings):
    """Environment variables `REELSMITH_COMPOSITION_…`."""

    model_config = SettingsConfigDict(env_prefix="REELSMITH_COMPOSITION_")

    executor: Drawing = Drawing.auto
    """What draws the frames. `auto` is the compiled kernel, or OpenCV where there is no C compiler; the segment's notes say so."""
    encoder: str = "fast"
    """Encoder preset of the segments: `fastest`, `fast` or `quality`."""
    kernel_cache: Path = Field(default_factory=lambda: Path.home() / ".cache" / "reelsmith")
    """Where the compiled kernel is kept; only its owner may write there."""
    compiler: str = "gcc"
    """C compiler for the kernel."""
    ring_frames: Annotated[int, Interval(ge=2, le=32)] = 4
    """Frames between composing and encoding: bounds the memory of a render."""
    token: SecretStr | None = None
    """Bearer that the HTTP face wants; the gateway's `internal_token`. None where nobody else can reach it."""
