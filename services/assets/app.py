"""The HTTP face of the library: for the gateway, which forwards, and for step workers. Internal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from threading import Semaphore
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI, Header, Query, Request, Response
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool

from libs.common.blobs.base import BlobStore
from libs.common.media.errors import InvalidInput, LimitExceeded
from libs.common.runtime.http import Lifespan, create_service_app
from services.assets.answers import clip_answer, found_answer, ingested_answer, stats_answer, upload_answer
from services.assets.child import memory_file
from services.assets.clip import Annotation, Clip, Ingested
from services.assets.edit_app import add_edits
from services.assets.fetch import FetchRules, HostRule, fetch_image
from services.assets.ingest import Line, read_annotation, read_lines
from services.assets.library import TENANT_HEADER, LocalLibrary
from services.assets.media import take_in_upload
from services.assets.multipart import Form, read_form
from services.assets.music_app import add_music
from services.assets.search import ClipQuery, Found
from services.assets.settings import AssetsSettings

ANNOTATION_BYTES = 32 << 20
UPLOAD_BYTES = 64 << 20
_FORM_BYTES = 1 << 20
"""What a form is longer than its file."""
_CLIPS: TypeAdapter[dict[str, Clip]] = TypeAdapter(dict[str, Clip])
_FOUND: TypeAdapter[tuple[Found, ...]] = TypeAdapter(tuple[Found, ...])


@dataclass(frozen=True, slots=True)
class Place:
    """A library of a tenant, as keywords of the library's methods."""

    tenant: str
    library: str


def _place(
    tenant: Annotated[str, Header(alias=TENANT_HEADER, min_length=1, max_length=64)],
    library: Annotated[str, Query(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")] = "main",
) -> Place:
    return Place(tenant, library)


Where = Annotated[Place, Depends(_place)]


def create_app(settings: AssetsSettings, *, library: LocalLibrary, blobs: BlobStore, lifespan: Lifespan | None = None) -> FastAPI:
    token = settings.internal_token.get_secret_value() if settings.internal_token else None
    app = create_service_app(title="assets", ready={"library": library.revision}, token=token, lifespan=lifespan)
    _add_reading(app, library)
    _add_writing(app, library, settings)
    _add_images(app, blobs, settings)
    places = Semaphore(settings.uploads)
    add_edits(app, settings, lambda request, most_bytes: _form(request, most_bytes, places), library=library, blobs=blobs)
    add_music(app, library, lambda request, most_bytes: _form(request, most_bytes, places), form_bytes=_FORM_BYTES)
    return app


def _add_reading(app: FastAPI, library: LocalLibrary) -> None:
    @app.get("/v1/library/search")
    def search(
        where: Where,
        q: Annotated[str, Query(min_length=1, max_length=1_000)],
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
        with_media: bool = False,
    ) -> dict[str, Any]:
        query = ClipQuery(text=q, limit=limit, with_media=with_media)
        found = library.search(query, tenant=where.tenant, library=where.library)
        return {"results": [found_answer(one) for one in found]}

    @app.post("/v1/library/query")
    def query(where: Where, asked: ClipQuery) -> dict[str, Any]:
        """The whole question and the whole answer, for step workers."""
        found = library.search(asked, tenant=where.tenant, library=where.library)
        return {"found": _FOUND.dump_python(found, mode="json")}

    @app.post("/v1/library/lookup")
    def lookup(where: Where, ids: Annotated[list[str], Body(embed=True, max_length=2_000)]) -> dict[str, Any]:
        """Clips with where their media lies, for step workers."""
        return {"clips": _CLIPS.dump_python(library.clips(ids, tenant=where.tenant, library=where.library), mode="json")}

    @app.get("/v1/library/revision")
    def revision() -> dict[str, str]:
        return {"revision": library.revision()}

    @app.get("/v1/library/stats")
    def stats(where: Where) -> dict[str, Any]:
        return stats_answer(library.stats(tenant=where.tenant, library=where.library), where.library)

    @app.get("/v1/library/clips/{clip_id}")
    def clip(where: Where, clip_id: str) -> dict[str, Any]:
        return clip_answer(library.clip(clip_id, tenant=where.tenant, library=where.library))

    @app.delete("/v1/library/clips/{clip_id}", status_code=204)
    def remove(where: Where, clip_id: str) -> Response:
        library.remove(clip_id, tenant=where.tenant, library=where.library)
        return Response(status_code=204)


def _add_writing(app: FastAPI, library: LocalLibrary, settings: AssetsSettings) -> None:
    limits, places = settings.media_limits, Semaphore(settings.uploads)

    @app.post("/v1/library/clips", max_body_size=ANNOTATION_BYTES)
    async def add_clips(where: Where, request: Request) -> dict[str, Any]:
        body = await request.body()

        def work() -> list[Ingested]:
            return library.add_annotations(read_lines(body), tenant=where.tenant, library=where.library)

        return ingested_answer(await run_in_threadpool(work))

    @app.post("/v1/library/media", status_code=201, max_body_size=limits.file_bytes + _FORM_BYTES)
    async def add_media(where: Where, request: Request) -> dict[str, Any]:
        """Parts: `file`, and `annotation` with one annotation as JSON."""
        async with _form(request, limits.file_bytes, places) as form:

            def work() -> Ingested:
                part, annotation = form.file("file"), _annotation(form.text("annotation"))
                name = part.filename or "clip"
                return library.add_media(part.file, annotation, name=name, tenant=where.tenant, library=where.library)

            return ingested_answer([await run_in_threadpool(work)])


def _add_images(app: FastAPI, blobs: BlobStore, settings: AssetsSettings) -> None:
    limits, places = replace(settings.media_limits, file_bytes=UPLOAD_BYTES), Semaphore(settings.uploads)
    rules = FetchRules(
        hosts=tuple(HostRule.parse(text) for text in settings.image_hosts),
        allow_http=settings.image_http,
        most_bytes=settings.image_bytes,
        total_s=settings.image_total_s,
    )

    @app.post("/v1/uploads", status_code=201, max_body_size=UPLOAD_BYTES + _FORM_BYTES)
    async def upload(request: Request) -> dict[str, Any]:
        """One part `file` with an image."""
        async with _form(request, UPLOAD_BYTES, places) as form:
            return upload_answer(*await run_in_threadpool(lambda: take_in_upload(form.file("file").file, blobs=blobs, limits=limits)))

    @app.post("/v1/images/fetch", status_code=201)
    def fetch(url: Annotated[str, Body(embed=True, min_length=1, max_length=2_000)]) -> dict[str, Any]:
        with memory_file(fetch_image(url, rules)) as source:
            try:
                return upload_answer(*take_in_upload(source, blobs=blobs, limits=limits))
            except InvalidInput as error:
                raise _about_image(error) from error


@asynccontextmanager
async def _form(request: Request, most_bytes: int, places: Semaphore) -> AsyncIterator[Form]:
    """The body in memory, and its place among those at a time, until it is done with. Raises LimitExceeded before a byte is read."""
    if not places.acquire(blocking=False):
        raise LimitExceeded("as many files as fit are coming in already; send this one again later", code="upload.busy")
    try:
        form = await read_form(request.stream(), request.headers.get("content-type", ""), most_bytes=most_bytes)
        try:
            yield form
        finally:
            form.close()
    finally:
        places.release()


def _annotation(given: bytes | None) -> Annotation | None:
    """Raises InvalidInput with the code that the line would have had."""
    if given is None:
        return None
    lines = read_lines(b"[" + given + b"]")
    read = read_annotation(lines[0] if lines else Line(1, None))
    if isinstance(read, Ingested):
        raise InvalidInput(read.detail or "", code=read.code, field=f"/annotation{read.field or ''}")
    return read


def _about_image(error: InvalidInput) -> InvalidInput:
    """What came from the address was no image: that is what the brief's author has to know."""
    known = error.code in ("image.not_an_image", "media.too_many_pixels", "media.too_large")
    return error if known else InvalidInput(error.detail, code="image.not_an_image")
