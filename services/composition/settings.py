"""Settings of the composition service: `REELSMITH_COMPOSITION_…`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class CompositionSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="REELSMITH_COMPOSITION_", frozen=True, extra="ignore")

    executor: Literal["auto", "kernel", "opencv"] = "auto"
    """What draws the frames. `auto` is the compiled kernel, or OpenCV where there is no C compiler; the segment's notes say so."""
    encoder: str = "fast"
    """Encoder preset of the segments: `fastest`, `fast` or `quality`."""
    kernel_cache: Path = Field(default_factory=lambda: Path.home() / ".cache" / "reelsmith")
    """Where the compiled kernel is kept; only its owner may write there."""
    compiler: str = "gcc"
    """C compiler for the kernel."""
    ring_frames: int = Field(default=4, ge=2, le=32)
    """Frames under way between decoding, composing and encoding: bounds memory."""
    host: str = "127.0.0.1"
    port: int = 8105
    """Of the internal HTTP face (catalogue)."""
