"""What there is to choose from, and which version this is."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Depends, Header, Path, Query, Response

from libs.common.media.presets import PRESETS
from libs.common.runtime.problems import documented
from services.gateway.access import CatalogueReader, Principal, guarded_router
from services.gateway.forwarded import CaptionStyles, Cards, Effects, Layouts, Overlays, Transitions, Voices
from services.gateway.parts import Gateway, Parts
from services.gateway.shapes import Presets, PresetSummary, Version
from services.gateway.upstreams import COMPOSITION, VOICE, Question

router = guarded_router("catalogues")

PREVIEW_READ_S = 60.0
"""A film is drawn when it is first asked for, one at a time."""
_BINARY = {"schema": {"type": "string", "format": "binary"}}
PREVIEW: dict[str, Any] = {
    "response_class": Response,
    "responses": documented(401, 403, 404, 422, 503)
    | {
        200: {"description": "A picture, or two seconds of film", "content": {"image/jpeg": _BINARY, "video/mp4": _BINARY}},
        304: {"description": "It is the one that `If-None-Match` names"},
    },
}


@dataclass(frozen=True, slots=True)
class Asked:
    form: str
    known: str


def _asked(
    form: Annotated[Literal["jpeg", "mp4"], Query(alias="format", description="A picture, or two seconds of film.")] = "jpeg",
    if_none_match: Annotated[str, Header(description="`ETag` of an earlier answer.", max_length=500)] = "",
) -> Asked:
    return Asked(form, if_none_match)


Name = Annotated[str, Path(description="`name` of an entry of the catalogue.", max_length=60)]
Looks = Annotated[Asked, Depends(_asked)]


@router.get("/voices", operation_id="listVoices", summary="Voices", responses=documented(401, 403, 503))
async def list_voices(principal: CatalogueReader, gateway: Parts) -> Voices:
    return Voices.model_validate(await gateway.upstreams.ask(VOICE, Question("GET", "/v1/voices", tenant=principal.tenant)))


@router.get(
    "/voices/{name}/sample",
    operation_id="hearVoice",
    summary="Hear a voice",
    response_class=Response,
    responses=documented(401, 403, 404, 422, 503)
    | {200: {"description": "One sentence", "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def hear_voice(
    name: Annotated[str, Path(description="`name` of a voice.", max_length=60, examples=["zh-female"])],
    principal: CatalogueReader,
    gateway: Parts,
) -> Response:
    answer = await gateway.upstreams.fetch(VOICE, Question("GET", f"/v1/voices/{quote(name, safe='')}/sample", tenant=principal.tenant))
    return Response(answer.content, media_type="audio/wav")


@router.get("/caption-styles", operation_id="listCaptionStyles", summary="Caption styles", responses=documented(401, 403, 503))
async def list_caption_styles(principal: CatalogueReader, gateway: Parts) -> CaptionStyles:
    return CaptionStyles.model_validate(
        await gateway.upstreams.ask(COMPOSITION, Question("GET", "/v1/caption-styles", tenant=principal.tenant))
    )


@router.get("/effects", operation_id="listEffects", summary="Effects", responses=documented(401, 403, 503))
async def list_effects(principal: CatalogueReader, gateway: Parts) -> Effects:
    return Effects.model_validate(await gateway.upstreams.ask(COMPOSITION, Question("GET", "/v1/effects", tenant=principal.tenant)))


@router.get("/transitions", operation_id="listTransitions", summary="Transitions", responses=documented(401, 403, 503))
async def list_transitions(principal: CatalogueReader, gateway: Parts) -> Transitions:
    return Transitions.model_validate(await gateway.upstreams.ask(COMPOSITION, Question("GET", "/v1/transitions", tenant=principal.tenant)))


@router.get("/overlays", operation_id="listOverlays", summary="Overlays", responses=documented(401, 403, 503))
async def list_overlays(principal: CatalogueReader, gateway: Parts) -> Overlays:
    return Overlays.model_validate(await gateway.upstreams.ask(COMPOSITION, Question("GET", "/v1/overlays", tenant=principal.tenant)))


@router.get("/cards", operation_id="listCards", summary="Cards", responses=documented(401, 403, 503))
async def list_cards(principal: CatalogueReader, gateway: Parts) -> Cards:
    return Cards.model_validate(await gateway.upstreams.ask(COMPOSITION, Question("GET", "/v1/cards", tenant=principal.tenant)))


@router.get("/layouts", operation_id="listLayouts", summary="Layouts", responses=documented(401, 403, 503))
async def list_layouts(principal: CatalogueReader, gateway: Parts) -> Layouts:
    return Layouts.model_validate(await gateway.upstreams.ask(COMPOSITION, Question("GET", "/v1/layouts", tenant=principal.tenant)))


@router.get("/effects/{name}/preview", operation_id="showEffect", summary="See an effect", **PREVIEW)
async def show_effect(name: Name, looks: Looks, principal: CatalogueReader, gateway: Parts) -> Response:
    """Before and after, the latter at the moment that shows it best; as a film the effect alone. With the parameters' defaults."""
    return await _shown("effects", name, looks, principal, gateway)


@router.get("/transitions/{name}/preview", operation_id="showTransition", summary="See a transition", **PREVIEW)
async def show_transition(name: Name, looks: Looks, principal: CatalogueReader, gateway: Parts) -> Response:
    """Five moments side by side. With the parameters' defaults."""
    return await _shown("transitions", name, looks, principal, gateway)


@router.get("/caption-styles/{name}/preview", operation_id="showCaptionStyle", summary="See a caption style", **PREVIEW)
async def show_caption_style(name: Name, looks: Looks, principal: CatalogueReader, gateway: Parts) -> Response:
    """In Chinese and in English. With the parameters' defaults."""
    return await _shown("caption-styles", name, looks, principal, gateway)


@router.get("/overlays/{name}/preview", operation_id="showOverlay", summary="See an overlay", **PREVIEW)
async def show_overlay(name: Name, looks: Looks, principal: CatalogueReader, gateway: Parts) -> Response:
    """Where it stands by itself. With the parameters' defaults."""
    return await _shown("overlays", name, looks, principal, gateway)


@router.get("/cards/{name}/preview", operation_id="showCard", summary="See a card", **PREVIEW)
async def show_card(name: Name, looks: Looks, principal: CatalogueReader, gateway: Parts) -> Response:
    """With a text and a smaller line. With the parameters' defaults."""
    return await _shown("cards", name, looks, principal, gateway)


@router.get("/layouts/{name}/preview", operation_id="showLayout", summary="See a layout", **PREVIEW)
async def show_layout(name: Name, looks: Looks, principal: CatalogueReader, gateway: Parts) -> Response:
    """With up to four clips. With the parameters' defaults."""
    return await _shown("layouts", name, looks, principal, gateway)


async def _shown(kind: str, name: str, looks: Asked, principal: Principal, gateway: Gateway) -> Response:
    """The service keeps what it drew; who has it already is told so."""
    question = Question(
        "GET", f"/v1/{kind}/{quote(name, safe='')}/preview", tenant=principal.tenant, params={"format": looks.form}, read_s=PREVIEW_READ_S
    )
    answer = await gateway.upstreams.fetch(COMPOSITION, question)
    headers = {"ETag": answer.headers["etag"], "Cache-Control": "private, max-age=3600"}
    if headers["ETag"] in looks.known:
        return Response(status_code=304, headers=headers)
    return Response(answer.content, media_type=answer.headers["content-type"], headers=headers)


@router.get("/presets", operation_id="listPresets", summary="Output presets", responses=documented(401, 403))
def list_presets(principal: CatalogueReader) -> Presets:
    """Largest first."""
    return Presets(
        presets=tuple(
            PresetSummary(name=found.name, title=found.title, short_side_px=found.short_side_px, rate=float(found.rate))
            for found in PRESETS.values()
        )
    )


@router.get("/version", operation_id="getVersion", summary="Version", responses=documented(401, 403))
def get_version(principal: CatalogueReader) -> Version:
    return Version(name="reelsmith", version=version("reelsmith"))
