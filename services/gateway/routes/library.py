"""The clip library and uploads: forwarded to the assets service, as they come."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Path, Query, Request

from libs.common.runtime.problems import documented
from services.gateway.access import LibraryDeleter, LibraryReader, LibraryWriter, Principal, Uploader, guarded_router
from services.gateway.forwarded import Clip, Hits, Ingested, MediaUpload, Stats, Upload
from services.gateway.parts import Gateway, Parts
from services.gateway.upstreams import ASSETS, Question

router = guarded_router("library")

UPLOAD_LIMIT_BYTES = 65 << 20
CLIP_LIMIT_BYTES = 4 << 30
ANNOTATIONS_LIMIT_BYTES = 32 << 20
"""Of one request. The assets service may be stricter."""
INGEST_READ_S = 1_800.0
"""A long clip is brought into the house's form before the answer comes: half a second of CPU and more for each of its seconds."""

Library = Annotated[str, Query(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", description="Which library of yours.")]
ClipId = Annotated[str, Path(description="`id` of a clip.", max_length=200)]

_ANNOTATION = {
    "type": "object",
    "description": "One clip as its owner describes it. `docs/library.md` has all fields.",
    "additionalProperties": True,
}
_ANNOTATED_CLIPS = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {"type": "array", "items": _ANNOTATION},
            "example": [
                {
                    "video_id": "clip-0001",
                    "duration": 8.4,
                    "tags": ["mug", "steam", "window"],
                    "transcript": "A steaming mug stands by the window. Rain runs down the glass.",
                    "lang": "en",
                }
            ],
        },
        "application/x-ndjson": {"schema": {"type": "string", "description": "The same objects, one a line."}},
    },
}


def multipart(parts: dict[str, Any], required: list[str]) -> dict[str, Any]:
    schema = {"type": "object", "properties": parts, "required": required}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


_FILE = {"type": "string", "format": "binary"}


@router.post(
    "/uploads",
    status_code=201,
    operation_id="createUpload",
    summary="Upload an image for a brief",
    responses=documented(400, 401, 403, 413, 422, 503, 507),
    openapi_extra=multipart({"file": _FILE}, ["file"]),
    max_body_size=UPLOAD_LIMIT_BYTES,
)
async def create_upload(request: Request, principal: Uploader, gateway: Parts) -> Upload:
    """PNG, JPEG or WebP. Put the `key` of the answer into `upload` of an image in a brief."""
    return Upload.model_validate(await pass_on(request, "/v1/uploads", principal, gateway))


@router.post(
    "/uploads/media",
    status_code=201,
    operation_id="createMediaUpload",
    summary="Upload a film, a sound, an image or a colour table for an edit",
    responses=documented(400, 401, 403, 413, 422, 429, 503, 507),
    openapi_extra=multipart({"file": _FILE}, ["file"]),
    max_body_size=CLIP_LIMIT_BYTES,
)
async def create_media_upload(request: Request, principal: Uploader, gateway: Parts) -> MediaUpload:
    """It is checked and brought into the house's form before the answer comes. Put the `key` into `upload` of a clip or sound, the one of
    a `.cube` file into `file` of the effect `lut`."""
    return MediaUpload.model_validate(await pass_on(request, "/v1/uploads/media", principal, gateway))


@router.post(
    "/library/clips",
    operation_id="addClips",
    summary="Add or change annotations",
    responses=documented(400, 401, 403, 413, 422, 503, 507),
    openapi_extra={"requestBody": _ANNOTATED_CLIPS},
    response_model_exclude_unset=True,
    max_body_size=ANNOTATIONS_LIMIT_BYTES,
)
async def add_clips(request: Request, principal: LibraryWriter, gateway: Parts, library: Library = "main") -> Ingested:
    """Makes clips searchable by their annotations, without media. The same id again replaces what was there."""
    return Ingested.model_validate(await pass_on(request, "/v1/library/clips", principal, gateway, library=library))


@router.post(
    "/library/media",
    status_code=201,
    operation_id="addMedia",
    summary="Add a clip with its media",
    responses=documented(400, 401, 403, 409, 413, 422, 503, 507),
    openapi_extra=multipart({"annotation": _ANNOTATION, "file": _FILE}, ["file"]),
    response_model_exclude_unset=True,
    max_body_size=CLIP_LIMIT_BYTES,
)
async def add_media(request: Request, principal: LibraryWriter, gateway: Parts, library: Library = "main") -> Ingested:
    """One video file with, before it, an optional part `annotation`. It is checked, brought into the house's form, sealed and indexed.
    What is there already is not stored twice."""
    return Ingested.model_validate(await pass_on(request, "/v1/library/media", principal, gateway, library=library))


@router.get(
    "/library/search",
    operation_id="searchLibrary",
    response_model_exclude_unset=True,
    summary="Search clips by meaning",
    responses=documented(401, 403, 422, 503),
)
async def search_library(
    principal: LibraryReader,
    gateway: Parts,
    q: Annotated[str, Query(min_length=1, max_length=1_000, description="What should be seen, in Chinese or English.", examples=["steam"])],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    with_media: Annotated[bool, Query(description="Only clips that can be shown.")] = False,
    library: Library = "main",
) -> Hits:
    """Best first."""
    asked = {"q": q, "limit": limit, "with_media": with_media, "library": library}
    return Hits.model_validate(
        await gateway.upstreams.ask(ASSETS, Question("GET", "/v1/library/search", tenant=principal.tenant, params=asked))
    )


@router.get("/library/stats", operation_id="getLibraryStats", summary="What the library holds", responses=documented(401, 403, 422, 503))
async def get_library_stats(principal: LibraryReader, gateway: Parts, library: Library = "main") -> Stats:
    found = await gateway.upstreams.ask(ASSETS, Question("GET", "/v1/library/stats", tenant=principal.tenant, params={"library": library}))
    return Stats.model_validate(found)


@router.get(
    "/library/clips/{clip_id}",
    operation_id="getClip",
    response_model_exclude_unset=True,
    summary="Look at a clip",
    responses=documented(401, 403, 404, 422, 503),
)
async def get_clip(clip_id: ClipId, principal: LibraryReader, gateway: Parts, library: Library = "main") -> Clip:
    path = f"/v1/library/clips/{quote(clip_id, safe='')}"
    return Clip.model_validate(
        await gateway.upstreams.ask(ASSETS, Question("GET", path, tenant=principal.tenant, params={"library": library}))
    )


@router.delete(
    "/library/clips/{clip_id}",
    status_code=204,
    operation_id="deleteClip",
    summary="Remove a clip",
    responses=documented(401, 403, 404, 422, 503),
)
async def delete_clip(clip_id: ClipId, principal: LibraryDeleter, gateway: Parts, library: Library = "main") -> None:
    """It is found no more. Finished videos keep what they show."""
    path = f"/v1/library/clips/{quote(clip_id, safe='')}"
    await gateway.upstreams.ask(ASSETS, Question("DELETE", path, tenant=principal.tenant, params={"library": library}))


async def pass_on(request: Request, path: str, principal: Principal, gateway: Gateway, **params: str) -> Any:
    """The body goes through piece by piece: no copy of a customer's media is made here, neither in memory nor on disk."""
    return await gateway.upstreams.ask(
        ASSETS,
        Question(
            "POST",
            path,
            tenant=principal.tenant,
            params=params or None,
            content=request.stream(),
            content_type=request.headers.get("content-type"),
            read_s=INGEST_READ_S,
        ),
    )
