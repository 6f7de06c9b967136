"""What there is to choose from, and which version this is."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Response

from libs.common.media.presets import PRESETS
from libs.common.runtime.problems import documented
from services.gateway.access import CatalogueReader, guarded_router
from services.gateway.forwarded import CaptionStyles, Effects, Transitions, Voices
from services.gateway.parts import Parts
from services.gateway.shapes import Presets, PresetSummary, Version
from services.gateway.upstreams import COMPOSITION, VOICE, Question

router = guarded_router("catalogues")


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
