"""The internal HTTP face: the catalogue of output presets."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI

from libs.common.media.brief import Aspect
from libs.common.media.presets import PRESETS, OutputPreset
from libs.common.runtime.http import create_service_app
from services.encoding.settings import EncodingSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetInfo:
    name: str
    title: str
    rate: str
    """Frames a second, as a fraction."""
    encoder: str
    sizes: dict[str, Size]
    """By aspect ratio."""


def create_app(settings: EncodingSettings) -> FastAPI:
    token = settings.token.get_secret_value() if settings.token is not None else None
    app = create_service_app(title="encoding", token=token)

    @app.get("/v1/presets", operation_id="listPresets")
    def list_presets() -> list[PresetInfo]:
        """Sizes that a video can be had in, largest first."""
        return [_described(found) for found in PRESETS.values()]

    return app


def _described(found: OutputPreset) -> PresetInfo:
    canvases = {aspect.value: found.canvas(aspect) for aspect in Aspect}
    sizes = {name: Size(width_px=canvas.width_px, height_px=canvas.height_px) for name, canvas in canvases.items()}
    return PresetInfo(name=found.name, title=found.title, rate=str(found.rate), encoder=found.encoder, sizes=sizes)
