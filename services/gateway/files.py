"""The files of a finished video: which there are, and their bytes, deciphered while they are sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import BinaryIO

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from libs.common import documents
from libs.common.blobs.base import BlobStore, document_key
from libs.common.jobs.base import Job, JobState, JobStore
from libs.common.media.blob import BlobRef
from libs.common.media.errors import Conflict, NotFound
from libs.common.media.rendition import Publication
from libs.common.runtime.problems import http_problem
from services.gateway.byte_range import Span, Unsatisfiable, names, parse_range

PIECE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class NamedFile:
    name: str
    blob: BlobRef


def publication_of(job: Job, *, jobs: JobStore, blobs: BlobStore) -> Publication:
    """Raises Conflict (`video.not_ready`) while there is none."""
    if job.state is not JobState.completed:
        raise Conflict(f"The video is not finished: its job is {job.state}.", code="video.not_ready")
    row = next(row for row in jobs.documents(job.id) if row.kind == Publication.__name__)
    return documents.load(Publication, blobs.get(document_key(row.sha256)))


def files_of(publication: Publication) -> tuple[NamedFile, ...]:
    return (
        *(NamedFile(f"{rendition.preset}.mp4", rendition.video) for rendition in publication.renditions),
        NamedFile("poster.jpg", publication.poster),
        NamedFile("captions.vtt", publication.captions),
        NamedFile("script.json", publication.script),
        NamedFile("timeline.json", publication.timeline),
        NamedFile("timeline.otio", publication.otio),
    )


def file_named(publication: Publication, name: str) -> NamedFile:
    files = files_of(publication)
    for file in files:
        if file.name == name:
            return file
    raise NotFound(f"There is no file {name!r}; there are: {', '.join(f.name for f in files)}.", code="video.file_not_found")


async def send_file(request: Request, file: NamedFile, *, video_id: str, blobs: BlobStore) -> Response:
    """The whole, the range that was asked for, or 304 or 416. The entity tag is the SHA-256 of the plain bytes."""
    size, etag = file.blob.size_bytes, f'"{file.blob.sha256}"'
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{video_id}-{file.name}"',
    }
    if names(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    condition = request.headers.get("if-range")
    try:
        span = parse_range(request.headers.get("range"), size) if condition is None or names(condition, etag) else None
    except Unsatisfiable:
        extra = {"Content-Range": f"bytes */{size}"}
        return http_problem(request.scope, 416, f"The file has {size} bytes.", extra)
    if span is not None:
        headers["Content-Range"] = span.content_range(size)
    whole = span or Span(0, size)
    headers["Content-Length"] = str(whole.end - whole.start)
    source = await run_in_threadpool(blobs.open, file.blob.key)
    status = 200 if span is None else 206
    return StreamingResponse(_pieces(source, whole), status_code=status, media_type=file.blob.media_type, headers=headers)


async def _pieces(source: BinaryIO, span: Span) -> AsyncIterator[bytes]:
    """Only the segments that are asked for are read and deciphered."""
    try:
        await run_in_threadpool(source.seek, span.start)
        left = span.end - span.start
        while left > 0:
            piece = await run_in_threadpool(source.read, min(PIECE_BYTES, left))
            if not piece:
                raise EOFError(f"a blob ended {left} bytes early")
            left -= len(piece)
            yield piece
    finally:
        source.close()
