"""The music library: forwarded to the assets service."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Request

from libs.common.runtime.problems import documented
from services.gateway.access import LibraryDeleter, LibraryReader, LibraryWriter, guarded_router
from services.gateway.forwarded import Track, Tracks
from services.gateway.parts import Parts
from services.gateway.routes.library import multipart, pass_on
from services.gateway.upstreams import ASSETS, Question

router = guarded_router("music")

TRACK_LIMIT_BYTES = 257 << 20
_LABEL = {
    "type": "object",
    "description": "`id`, `title`, `licence`; `mood` (bright, calm, tense, warm, neutral), `tempo_bpm` and `first_beat_s` where known.",
    "example": {"id": "morning-01", "title": "Morning", "licence": "Bought from the composer, invoice 2026-114", "mood": "warm"},
}


@router.get("/music", operation_id="listMusic", summary="Your music", responses=documented(401, 403, 503))
async def list_music(principal: LibraryReader, gateway: Parts) -> Tracks:
    """Tracks that videos choose from by mood, or name in `music_track` of a brief. Without any, music is written for each video."""
    return Tracks.model_validate(await gateway.upstreams.ask(ASSETS, Question("GET", "/v1/music", tenant=principal.tenant)))


@router.post(
    "/music",
    status_code=201,
    operation_id="addMusic",
    summary="Add a track",
    responses=documented(400, 401, 403, 413, 422, 503, 507),
    openapi_extra=multipart({"track": _LABEL, "file": {"type": "string", "format": "binary"}}, ["track", "file"]),
    max_body_size=TRACK_LIMIT_BYTES,
)
async def add_music(request: Request, principal: LibraryWriter, gateway: Parts) -> Track:
    """A sound file, or a film whose sound is meant. Tempo and first beat are measured where they are left out. The same id again replaces
    the track."""
    return Track.model_validate(await pass_on(request, "/v1/music", principal, gateway))


@router.delete(
    "/music/{track_id}",
    status_code=204,
    operation_id="deleteMusic",
    summary="Remove a track",
    responses=documented(401, 403, 404, 422, 503),
)
async def delete_music(
    track_id: Annotated[str, Path(description="`id` of a track.", max_length=80)], principal: LibraryDeleter, gateway: Parts
) -> None:
    """It is chosen no more. Finished videos keep what they play."""
    await gateway.upstreams.ask(ASSETS, Question("DELETE", f"/v1/music/{quote(track_id, safe='')}", tenant=principal.tenant))
