"""Videos: order one, look at it, take its files."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Body, Header, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from libs.common.jobs.base import Job, JobState
from libs.common.media.brief import Brief
from libs.common.media.presets import master_preset
from libs.common.media.rendition import Publication
from libs.common.runtime.problems import documented
from services.gateway.access import VideoReader, VideoWriter, guarded_router
from services.gateway.examples import BRIEFS
from services.gateway.files import file_named, files_of, publication_of, send_file
from services.gateway.inputs import VideoId
from services.gateway.parts import Gateway, Parts
from services.gateway.prepare import prepare
from services.gateway.shapes import BriefAccepted, FileLink, JobAccepted, PublicationSummary, RenditionSummary, Video
from services.gateway.submit import submit

router = guarded_router("videos")

_FILES = {
    media_type: {"schema": {"type": "string", "format": "binary"}}
    for media_type in ("video/mp4", "image/jpeg", "text/vtt", "application/json")
}

BriefBody = Annotated[Brief, Body(openapi_examples=BRIEFS)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="Any text of yours that names this order, for instance its number. The same key with the same brief gives the job of "
        "the first time instead of a second one; with another brief it is refused (409).",
    ),
]


@router.post(
    "/videos",
    status_code=202,
    operation_id="createVideo",
    summary="Order a video",
    responses=documented(400, 401, 403, 409, 413, 422, 503, 507)
    | {202: {"description": "Accepted", "headers": {"Location": {"description": "The job.", "schema": {"type": "string"}}}}},
)
async def create_video(
    brief: BriefBody, principal: VideoWriter, gateway: Parts, response: Response, idempotency_key: IdempotencyKey = None
) -> JobAccepted:
    """The brief is checked, its images are fetched, and the job is recorded; then follow the job's events, or ask for it now and then."""
    submission = await submit(brief, tenant=principal.tenant, idempotency_key=idempotency_key, gateway=gateway)
    job = submission.job
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return JobAccepted(job_id=job.id, video_id=job.video_id, state=job.state, created=submission.created)


@router.post(
    "/briefs:validate",
    operation_id="validateBrief",
    summary="Try a brief",
    responses=documented(400, 401, 403, 413, 422, 503),
)
async def validate_brief(brief: BriefBody, principal: VideoWriter, gateway: Parts) -> BriefAccepted:
    """Answers as `POST /v1/videos` would, with the same problems, but orders nothing."""
    await prepare(brief, tenant=principal.tenant, gateway=gateway)
    canvas = master_preset(brief.presets).canvas(brief.aspect)
    return BriefAccepted(valid=True, width_px=canvas.width_px, height_px=canvas.height_px, presets=brief.presets)


@router.get("/videos/{video_id}", operation_id="getVideo", summary="Look at a video", responses=documented(401, 403, 404, 422, 503))
def get_video(video_id: VideoId, principal: VideoReader, gateway: Parts) -> Video:
    """Where its job stands and, once that is complete, its files and what is to know about them."""
    job = gateway.jobs.job_of_video(video_id, tenant=principal.tenant)
    video = Video(
        id=job.video_id,
        job_id=job.id,
        title=job.title,
        state=job.state,
        progress=job.progress,
        created_at=job.created_at,
        error=job.error,
    )
    return _with_files(video, job, gateway) if job.state is JobState.completed else video


@router.get(
    "/videos/{video_id}/files/{name}",
    operation_id="getVideoFile",
    summary="Take a file of a video",
    response_class=Response,
    responses=documented(401, 403, 404, 409, 416, 422, 503)
    | {
        200: {"description": "The whole file", "content": _FILES},
        206: {"description": "The range asked for", "content": _FILES},
        304: {"description": "You have it already"},
    },
)
async def get_video_file(
    video_id: VideoId,
    name: Annotated[str, Path(description="As listed in `files` of the video.", max_length=64, examples=["540p.mp4"])],
    principal: VideoReader,
    gateway: Parts,
    request: Request,
    range: Annotated[str | None, Header(description="For instance `bytes=0-1023`.")] = None,
    if_none_match: Annotated[str | None, Header(description="The `ETag` of a copy that you have.")] = None,
) -> Response:
    """Ranges, conditions and interrupted downloads work; the `ETag` is the SHA-256 of the file."""
    job = await run_in_threadpool(gateway.jobs.job_of_video, video_id, tenant=principal.tenant)
    publication = await run_in_threadpool(publication_of, job, jobs=gateway.jobs, blobs=gateway.blobs)
    return await send_file(request, file_named(publication, name), video_id=job.video_id, blobs=gateway.blobs)


def _with_files(video: Video, job: Job, gateway: Gateway) -> Video:
    publication = publication_of(job, jobs=gateway.jobs, blobs=gateway.blobs)
    links = tuple(
        FileLink(
            name=file.name,
            href=f"/v1/videos/{video.id}/files/{file.name}",
            media_type=file.blob.media_type,
            size_bytes=file.blob.size_bytes,
            sha256=file.blob.sha256,
        )
        for file in files_of(publication)
    )
    return replace(video, files=links, publication=_summary(publication))


def _summary(publication: Publication) -> PublicationSummary:
    return PublicationSummary(
        title=publication.title,
        length_s=float(publication.length.seconds),
        renditions=tuple(
            RenditionSummary(
                preset=rendition.preset,
                width_px=rendition.width_px,
                height_px=rendition.height_px,
                bitrate_bps=rendition.bitrate_bps,
                compression_ratio=rendition.compression_ratio,
            )
            for rendition in publication.renditions
        ),
        labels=publication.labels,
        generator=publication.generator,
        degraded=publication.degraded,
        sync_error_ms=publication.sync_error_ms,
    )
