"""Encoder presets: named points on the measured frontier of CPU time, bits and quality. One file a preset, found by itself.

All are x264 with closed groups of pictures, so that segments made with one preset join by stream copy.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass

from libs.common.media.errors import InvalidInput

KEY_INTERVAL = 60
"""Frames between key frames at most: two seconds at 30 frames a second, for seeking and for streaming in chunks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderPreset:
    name: str
    title: str
    speed: str
    """x264's own preset, the base."""
    crf: int
    """x264's constant rate factor, 0..51; less is better and larger."""
    params: str
    """x264 parameters on top, `:` between them."""

    def options(self, *, threads: int = 1) -> dict[str, str]:
        """For FFmpeg's `libx264`. With one thread, as segments are made, the bytes are the same on every machine; with more they are the
        same for the same number."""
        params = f"keyint={KEY_INTERVAL}:open-gop=0:threads={threads}:aud=0:{self.params}"
        return {"preset": self.speed, "crf": str(self.crf), "x264-params": params, "profile": "high"}


def _catalogue() -> dict[str, EncoderPreset]:
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    presets: list[EncoderPreset] = [module.PRESET for module in modules]
    return {preset.name: preset for preset in presets}


def encoder(name: str) -> EncoderPreset:
    """Raises InvalidInput for a name that the catalogue does not have."""
    try:
        return ENCODERS[name]
    except KeyError:
        raise InvalidInput(f"unknown encoder preset {name!r}; there are: {', '.join(ENCODERS)}", code="render.unknown_encoder") from None


ENCODERS = _catalogue()
"""By name."""
