"""The HTTP face for edits: taking in their media, and looking up what they name. For the gateway. Internal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any

from fastapi import Body, FastAPI, Header, Request
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool

from libs.common.blobs.base import BlobStore
from libs.common.media.blob import BlobRef
from libs.common.media.edit import Sources, Timeline
from libs.common.runtime.problems import ProblemItem
from services.assets.child import memory_file
from services.assets.fetch import FetchRules, HostRule, fetch_image
from services.assets.library import TENANT_HEADER, LocalLibrary
from services.assets.multipart import Form
from services.assets.resolve import find_sources, of_blob
from services.assets.settings import AssetsSettings
from services.assets.take_in_media import FOLDER, take_in_media
from services.assets.take_in_table import looks_like_table, take_in_table

EDIT_BYTES = 8 << 20
_FORM_BYTES = 1 << 20
_SOURCES: TypeAdapter[Sources] = TypeAdapter(Sources)
Tenant = Annotated[str, Header(alias=TENANT_HEADER, min_length=1, max_length=64)]
FormOf = Callable[[Request, int], AbstractAsyncContextManager[Form]]


def add_edits(app: FastAPI, settings: AssetsSettings, form_of: FormOf, *, library: LocalLibrary, blobs: BlobStore) -> None:
    limits = settings.media_limits
    rules = FetchRules(
        hosts=tuple(HostRule.parse(text) for text in settings.image_hosts),
        allow_http=settings.image_http,
        most_bytes=settings.url_media_bytes,
        total_s=settings.url_media_total_s,
        accept="*/*",
    )

    @app.post("/v1/uploads/media", status_code=201, max_body_size=limits.file_bytes + _FORM_BYTES)
    async def upload(request: Request) -> dict[str, Any]:
        """One part `file` with a film, a sound, an image or a colour table (`.cube`)."""
        async with form_of(request, limits.file_bytes) as form:
            source = form.file("file").file
            if looks_like_table(source):
                return table_answer(await run_in_threadpool(take_in_table, source, blobs=blobs, folder=FOLDER))
            blob = await run_in_threadpool(take_in_media, source, blobs=blobs, limits=limits)
            return await run_in_threadpool(media_answer, blob, blobs)

    @app.post("/v1/media/fetch", status_code=201)
    def fetch(url: Annotated[str, Body(embed=True, min_length=1, max_length=2_000)]) -> dict[str, Any]:
        with memory_file(fetch_image(url, rules)) as source:
            return media_answer(take_in_media(source, blobs=blobs, limits=limits), blobs)

    @app.post("/v1/edits:resolve", max_body_size=EDIT_BYTES)
    def resolve(tenant: Tenant, timeline: Timeline) -> dict[str, Any]:
        """What the edit names, and what of it cannot be used."""
        sources, errors = find_sources(timeline, tenant=tenant, library=library, blobs=blobs)
        items = [ProblemItem(code=error.code, detail=error.detail, field=error.field) for error in errors]
        return {"sources": _SOURCES.dump_python(sources, mode="json"), "errors": items}


def table_answer(blob: BlobRef) -> dict[str, Any]:
    nothing = {"width_px": None, "height_px": None, "length_s": None, "has_sound": False}
    return {"key": blob.key, "kind": "table", **nothing, "size_bytes": blob.size_bytes, "media_type": blob.media_type}


def media_answer(blob: BlobRef, blobs: BlobStore) -> dict[str, Any]:
    found = of_blob("", blob.key, blobs)
    media, sound = found.media, found.sound_length
    length = media.length if media is not None and media.length is not None else sound
    return {
        "key": blob.key,
        "kind": "sound" if media is None else media.kind.value,
        "width_px": media.width_px if media is not None else None,
        "height_px": media.height_px if media is not None else None,
        "length_s": round(float(length.seconds), 3) if length is not None else None,
        "has_sound": sound is not None,
        "size_bytes": blob.size_bytes,
        "media_type": blob.media_type,
    }
