"""Edits: render one, try one, take the edit of a finished video."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Body, Request, Response
from starlette.concurrency import run_in_threadpool

from libs.common.media.edit import Remark, Timeline
from libs.common.runtime.problems import documented
from services.gateway.access import VideoReader, VideoWriter, guarded_router
from services.gateway.edits.examples import EDITS
from services.gateway.edits.look import look_at
from services.gateway.edits.price import price_of
from services.gateway.edits.read import Read, read_edit
from services.gateway.edits.restore import timeline_of_job
from services.gateway.files import file_named, publication_of, send_file
from services.gateway.inputs import VideoId
from services.gateway.parts import Gateway, Parts
from services.gateway.routes.videos import IdempotencyKey
from services.gateway.shapes import RenderAccepted, RenderPlan
from services.gateway.submit import submit_edit

router = guarded_router("renders")

EDIT_LIMIT_BYTES = 8 << 20
SHAPE = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "anyOf": [
                        {"$ref": "#/components/schemas/Timeline"},
                        {
                            "type": "object",
                            "description": "Shotstack's `{timeline, output, merge}`; `docs/edit.md` says what of it maps.",
                            "required": ["timeline", "output"],
                        },
                    ]
                },
                "examples": EDITS,
            }
        },
    }
}
EditBody = Annotated[Any, Body()]


@router.post(
    "/renders",
    status_code=202,
    operation_id="createRender",
    summary="Render an edit",
    responses=documented(400, 401, 403, 409, 413, 422, 503, 507)
    | {202: {"description": "Accepted", "headers": {"Location": {"description": "The job.", "schema": {"type": "string"}}}}},
    openapi_extra=SHAPE,
    max_body_size=EDIT_LIMIT_BYTES,
)
async def create_render(
    body: EditBody, principal: VideoWriter, gateway: Parts, response: Response, idempotency_key: IdempotencyKey = None
) -> RenderAccepted:
    """Without any script: tracks, clips, transitions, effects, captions, drawings and sounds as the edit says. The job is followed,
    stopped and fetched like any other."""
    read = await run_in_threadpool(read_edit, body, gateway.settings)
    try:
        submission, remarks = await submit_edit(read.timeline, tenant=principal.tenant, idempotency_key=idempotency_key, gateway=gateway)
    except ExceptionGroup as group:
        raise _in_their_words(read, group) from None
    job = submission.job
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return RenderAccepted(job_id=job.id, video_id=job.video_id, state=job.state, created=submission.created, remarks=_told(read, remarks))


@router.post(
    "/renders:validate",
    operation_id="validateRender",
    summary="Try an edit",
    responses=documented(400, 401, 403, 413, 422, 503),
    openapi_extra=SHAPE,
    max_body_size=EDIT_LIMIT_BYTES,
)
async def validate_render(body: EditBody, principal: VideoWriter, gateway: Parts) -> RenderPlan:
    """Answers as `POST /v1/renders` would, with the same problems, all at once, but renders nothing; and says what it would cost."""
    read = await run_in_threadpool(read_edit, body, gateway.settings)
    try:
        looked = await look_at(read.timeline, tenant=principal.tenant, gateway=gateway)
    except ExceptionGroup as group:
        raise _in_their_words(read, group) from None
    cost = await run_in_threadpool(price_of, looked, tenant=principal.tenant, jobs=gateway.jobs)
    return RenderPlan(
        valid=True,
        width_px=looked.width_px,
        height_px=looked.height_px,
        length_s=round(float(looked.length / looked.timeline.rate), 3),
        renditions=looked.timeline.renditions,
        cost=cost,
        remarks=_told(read, looked.remarks),
    )


@router.get(
    "/videos/{video_id}/timeline",
    operation_id="getTimeline",
    summary="The edit of a video",
    response_model_exclude_defaults=True,
    responses=documented(401, 403, 404, 409, 422, 503),
)
def get_timeline(video_id: VideoId, principal: VideoReader, gateway: Parts) -> Timeline:
    """As `POST /v1/renders` takes it, of videos from a brief too. Sent back unchanged, nothing of the picture is rendered anew."""
    return _edit_of(video_id, principal.tenant, gateway)


@router.get(
    "/videos/{video_id}/timeline.otio",
    operation_id="getTimelineOtio",
    summary="The edit of a video as OpenTimelineIO",
    response_class=Response,
    responses=documented(401, 403, 404, 409, 416, 422, 503)
    | {200: {"description": "The whole file", "content": {"application/json": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def get_timeline_otio(video_id: VideoId, principal: VideoReader, gateway: Parts, request: Request) -> Response:
    """For an editor's own program."""
    job = await run_in_threadpool(gateway.jobs.job_of_video, video_id, tenant=principal.tenant)
    publication = await run_in_threadpool(publication_of, job, jobs=gateway.jobs, blobs=gateway.blobs)
    return await send_file(request, file_named(publication, "timeline.otio"), video_id=job.video_id, blobs=gateway.blobs)


def _edit_of(video_id: str, tenant: str, gateway: Gateway) -> Timeline:
    job = gateway.jobs.job_of_video(video_id, tenant=tenant)
    return timeline_of_job(job, jobs=gateway.jobs, blobs=gateway.blobs)


def _told(read: Read, remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    return (*read.remarks, *(replace(remark, field=read.place(remark.field) or "") for remark in remarks))


def _in_their_words(read: Read, group: ExceptionGroup[Exception]) -> ExceptionGroup[Exception]:
    return group.derive(read.told(list(group.exceptions)))  # type: ignore[arg-type]
