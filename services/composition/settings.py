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
    torch = "torch"


class CompositionSettings(Settings):
    """Environment variables `REELSMITH_COMPOSITION_…`."""

    model_config = SettingsConfigDict(env_prefix="REELSMITH_COMPOSITION_")

    executor: Drawing = Drawing.auto
    """What draws the frames. `auto` is torch on a CUDA device that works, else the compiled kernel, else OpenCV where there is no C
    compiler; the segment's notes say when it is not what was asked for, or only OpenCV."""
    device: str = "cuda"
    """Torch's name of the device that `torch` draws on: `cuda`, `cuda:1` …; `cpu` is the slow reference, and only for `torch` by name."""
    decode_cache_bytes: Annotated[int, Interval(ge=0)] | None = None
    """Device memory for decoded frames, for each worker process; 0 is none. By default a quarter of what is free when the worker starts,
    and none on the CPU."""
    nvdec: bool = True
    """Decode on the device where torch draws on CUDA and the device takes the stream."""
    encoder: str = "fast"
    """Encoder preset of the segments: `draft`, `fast`, `balanced` or `archive`."""
    nvenc: bool = False
    """Encode segments with NVIDIA's encoder where the device has one (the A100 and H100 have not); where not, x264 does and the segment's
    notes say so. Segments of one video must come from one encoder: switch it on for workers with equal devices only."""
    kernel_cache: Path = Field(default_factory=lambda: Path.home() / ".cache" / "reelsmith")
    """Where compiled code is kept; only its owner may write there."""
    compiler: str = "gcc"
    """C compiler for the kernel."""
    ring_frames: Annotated[int, Interval(ge=2, le=32)] = 4
    """Frames between composing and encoding: bounds the memory of a render."""
    token: SecretStr | None = None
    """Bearer that the HTTP face wants; the gateway's `internal_token`. None where nobody else can reach it."""
