"""The internal HTTP face: the catalogue of the edit."""

from __future__ import annotations

from fastapi import FastAPI

from libs.common.runtime.http import create_service_app
from services.composition import catalogue
from services.composition.catalogue import CaptionStyleList, EffectList, TransitionList
from services.composition.settings import CompositionSettings
from services.composition.text import require_fonts


def create_app(settings: CompositionSettings) -> FastAPI:
    token = settings.token.get_secret_value() if settings.token is not None else None
    app = create_service_app(title="composition", token=token, ready={"fonts": require_fonts})

    @app.get("/v1/effects", operation_id="listEffects")
    def list_effects() -> EffectList:
        """All effects of a clip."""
        return catalogue.list_effects()

    @app.get("/v1/transitions", operation_id="listTransitions")
    def list_transitions() -> TransitionList:
        """All ways for a scene to come in."""
        return catalogue.list_transitions()

    @app.get("/v1/caption-styles", operation_id="listCaptionStyles")
    def list_caption_styles() -> CaptionStyleList:
        """All styles of captions."""
        return catalogue.list_caption_styles()

    return app
