"""The HTTP face of the music library: for the gateway, which forwards, and for step workers. Internal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any

from fastapi import FastAPI, Header, Request, Response
from pydantic import TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool

from libs.common.media.errors import InvalidInput
from libs.common.media.music import Track
from libs.common.media.time import SAMPLE_RATE_HZ
from services.assets.library import TENANT_HEADER, LocalLibrary
from services.assets.multipart import Form
from services.assets.music.take_in import TrackLabel

TRACK_BYTES = 256 << 20
_TRACKS: TypeAdapter[tuple[Track, ...]] = TypeAdapter(tuple[Track, ...])
_LABEL: TypeAdapter[TrackLabel] = TypeAdapter(TrackLabel)
Tenant = Annotated[str, Header(alias=TENANT_HEADER, min_length=1, max_length=64)]
FormOf = Callable[[Request, int], AbstractAsyncContextManager[Form]]


def add_music(app: FastAPI, library: LocalLibrary, form_of: FormOf, *, form_bytes: int) -> None:
    """`form_of` reads the body of an upload of so many bytes, one of a few at a time."""

    @app.get("/v1/music")
    def tracks(tenant: Tenant) -> dict[str, Any]:
        return {"tracks": [track_answer(track) for track in library.music(tenant=tenant)]}

    @app.get("/v1/music/tracks")
    def whole_tracks(tenant: Tenant) -> dict[str, Any]:
        """The documents, for step workers."""
        return {"tracks": _TRACKS.dump_python(library.music(tenant=tenant), mode="json")}

    @app.get("/v1/music/revision")
    def revision() -> dict[str, str]:
        return {"revision": library.music_revision()}

    @app.post("/v1/music", status_code=201, max_body_size=TRACK_BYTES + form_bytes)
    async def add_track(tenant: Tenant, request: Request) -> dict[str, Any]:
        """Parts: `track` with its label as JSON, and `file`."""
        async with form_of(request, TRACK_BYTES) as form:

            def work() -> Track:
                return library.add_track(form.file("file").file, _label(form.text("track")), tenant=tenant)

            return track_answer(await run_in_threadpool(work))

    @app.delete("/v1/music/{track_id}", status_code=204)
    def remove_track(tenant: Tenant, track_id: str) -> Response:
        library.remove_track(track_id, tenant=tenant)
        return Response(status_code=204)


def track_answer(track: Track) -> dict[str, Any]:
    return {
        "id": track.id,
        "title": track.title,
        "licence": track.licence,
        "mood": track.mood.value,
        "tempo_bpm": round(float(track.tempo_bpm), 2),
        "first_beat_s": round(float(track.first_beat_s), 3),
        "length_s": round(track.samples / SAMPLE_RATE_HZ, 3),
    }


def _label(given: bytes | None) -> TrackLabel:
    """Raises InvalidInput (`music.label`) that names the field."""
    try:
        return _LABEL.validate_json(given or b"{}")
    except ValidationError as error:
        first = error.errors()[0]
        at = "".join(f"/{part}" for part in first["loc"])
        raise InvalidInput(f"the track's label: {first['msg']}", code="music.label", field=f"/track{at}") from error
