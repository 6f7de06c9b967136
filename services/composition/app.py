"""The internal HTTP face: the catalogues of the edit, and what their entries look like."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Header, Path, Query, Response

from libs.common.runtime.http import create_service_app
from services.composition import catalogue
from services.composition.catalogue import CaptionStyleList, CardList, EffectList, LayoutList, OverlayList, TransitionList
from services.composition.edit_app import add_edits
from services.composition.previews.drawn import Kind
from services.composition.previews.kept import Format, Previews
from services.composition.settings import CompositionSettings
from services.composition.text import require_fonts


def create_app(settings: CompositionSettings) -> FastAPI:
    token = settings.token.get_secret_value() if settings.token is not None else None
    app = create_service_app(title="composition", token=token, ready={"fonts": require_fonts})
    _add_previews(app, Previews(settings))
    add_edits(app, settings)

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

    @app.get("/v1/overlays", operation_id="listOverlays")
    def list_overlays() -> OverlayList:
        """All drawings over the picture."""
        return catalogue.list_overlays()

    @app.get("/v1/cards", operation_id="listCards")
    def list_cards() -> CardList:
        """All cards."""
        return catalogue.list_cards()

    @app.get("/v1/layouts", operation_id="listLayouts")
    def list_layouts() -> LayoutList:
        """All ways for several clips to lie on the canvas."""
        return catalogue.list_layouts()

    return app


def _add_previews(app: FastAPI, previews: Previews) -> None:
    def add(kind: Kind) -> None:
        @app.get(f"/v1/{kind}/{{name}}/preview", operation_id=f"preview_{kind.name}", response_class=Response)
        def preview(
            name: Annotated[str, Path(max_length=60)],
            form: Annotated[Format, Query(alias="format")] = Format.jpeg,
            if_none_match: Annotated[str, Header()] = "",
        ) -> Response:
            """A picture, or two seconds of film; with the parameters' defaults."""
            found = previews.get(kind, name, form)
            if found.etag in if_none_match:
                return Response(status_code=304, headers={"ETag": found.etag})
            return Response(found.content, media_type=form.media_type, headers={"ETag": found.etag})

    for kind in Kind:
        add(kind)
