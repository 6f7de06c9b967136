"""A job's history, live."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Header, Query
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from libs.common.runtime.problems import documented
from services.gateway.access import JobReader, guarded_router
from services.gateway.follow import follow
from services.gateway.inputs import JobId
from services.gateway.parts import Gateway, Parts

router = guarded_router("jobs")

_STREAM = {
    "description": "Server-sent events. `id` counts from 1 without gaps; `event` is `job.state`, `step.state`, `step.progress` or "
    "`scene.written`; `data` is JSON. Comments keep the line alive. The stream ends when the job has.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


async def _slot(principal: JobReader, gateway: Parts) -> AsyncIterator[None]:
    """Held until the answer is sent to its end, or the caller is gone."""
    with gateway.streams.slot(principal.id):
        yield


@router.get(
    "/jobs/{job_id}/events",
    operation_id="streamJobEvents",
    summary="Follow a job",
    response_class=StreamingResponse,
    responses=documented(401, 403, 404, 422, 429, 503) | {200: _STREAM},
    dependencies=[Depends(_slot)],
)
async def stream_job_events(
    job_id: JobId,
    principal: JobReader,
    gateway: Parts,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Number of the last event that you have.")] = 0,
    last_event_id: Annotated[str | None, Header(description="The same, as browsers and SSE clients send it when they come back.")] = None,
) -> StreamingResponse:
    """From the first event that you do not have, read from the record: whoever comes back misses nothing."""
    job = await run_in_threadpool(gateway.jobs.job, job_id, tenant=principal.tenant)
    start = int(last_event_id) if last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit() else after
    return _stream(job.id, min(start, 2**31 - 1), principal.key.id, gateway)


def _stream(job_id: str, after: int, key_id: str, gateway: Gateway) -> StreamingResponse:
    return StreamingResponse(
        follow(job_id, after=after, key_id=key_id, gateway=gateway),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
