"""Jobs: list, look, stop, go on, decide."""

from __future__ import annotations

import asyncio
import time
from dataclasses import fields
from typing import Annotated

from fastapi import Query
from starlette.concurrency import run_in_threadpool

from libs.common.jobs.base import Job, JobState, StepRef, StepState
from libs.common.runtime.problems import documented
from services.gateway.access import JobController, JobReader, Reviewer, guarded_router
from services.gateway.inputs import JOB_ID, JobId, OneLine
from services.gateway.parts import Gateway, Parts
from services.gateway.shapes import JobDetail, JobPage

router = guarded_router("jobs")


@router.get("/jobs", operation_id="listJobs", summary="List jobs", responses=documented(401, 403, 422, 503))
def list_jobs(
    principal: JobReader,
    gateway: Parts,
    state: JobState | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(pattern=JOB_ID, description="Of the page before.")] = None,
) -> JobPage:
    """Newest first."""
    page = gateway.jobs.jobs(tenant=principal.tenant, state=state, limit=limit, cursor=cursor)
    return JobPage(jobs=page.jobs, cursor=page.cursor)


@router.get("/jobs/{job_id}", operation_id="getJob", summary="Look at a job", responses=documented(401, 403, 404, 422, 503))
async def get_job(
    job_id: JobId,
    principal: JobReader,
    gateway: Parts,
    wait: Annotated[float, Query(ge=0, le=60, description="Seconds to wait for the job to end before answering.")] = 0,
) -> JobDetail:
    """Its state, its steps with what they cost, and why it failed if it did."""
    until = time.monotonic() + wait
    while True:
        job = await run_in_threadpool(gateway.jobs.job, job_id, tenant=principal.tenant)
        left = until - time.monotonic()
        if job.state.terminal or left <= 0:
            return await run_in_threadpool(_detail, job, gateway)
        await asyncio.sleep(min(left, gateway.settings.event_poll_s))


@router.post("/jobs/{job_id}:cancel", operation_id="cancelJob", summary="Stop a job", responses=documented(401, 403, 404, 409, 422, 503))
def cancel_job(job_id: JobId, principal: JobController, gateway: Parts) -> JobDetail:
    """Steps that run see it within seconds. A job that has ended is a conflict."""
    gateway.jobs.job(job_id, tenant=principal.tenant)
    return _detail(gateway.jobs.cancel(job_id), gateway)


@router.post(
    "/jobs/{job_id}:resume", operation_id="resumeJob", summary="Go on after a failure", responses=documented(401, 403, 404, 409, 422, 503)
)
def resume_job(job_id: JobId, principal: JobController, gateway: Parts) -> JobDetail:
    """What is done stays done; the steps that failed get new attempts. A job that has not failed is a conflict."""
    gateway.jobs.job(job_id, tenant=principal.tenant)
    return _moved(gateway.jobs.resume(job_id), gateway)


@router.post(
    "/jobs/{job_id}:approve", operation_id="approveJob", summary="Let a held job go on", responses=documented(401, 403, 404, 409, 422, 503)
)
def approve_job(job_id: JobId, principal: Reviewer, gateway: Parts) -> JobDetail:
    """A person takes the decision that moderation left open. A job that does not wait for a review is a conflict."""
    gateway.jobs.job(job_id, tenant=principal.tenant)
    return _moved(gateway.jobs.approve(job_id, by=principal.id), gateway)


@router.post(
    "/jobs/{job_id}:decline", operation_id="declineJob", summary="End a held job", responses=documented(401, 403, 404, 409, 422, 503)
)
def decline_job(
    job_id: JobId,
    principal: Reviewer,
    gateway: Parts,
    reason: Annotated[str, OneLine, Query(min_length=1, max_length=300, description="Told to whoever ordered the video.")],
) -> JobDetail:
    """The job ends as `rejected`. A job that does not wait for a review is a conflict."""
    gateway.jobs.job(job_id, tenant=principal.tenant)
    return _detail(gateway.jobs.decline(job_id, by=principal.id, detail=reason), gateway)


def _moved(job: Job, gateway: Gateway) -> JobDetail:
    """Ring for what may run now, so that nobody waits for the reconciler."""
    detail = _detail(job, gateway)
    ready = (step for step in detail.steps if step.state is StepState.ready)
    gateway.doorbell.ring(tuple(StepRef(job_id=job.id, stage=step.stage, key=step.key, queue=step.queue) for step in ready))
    return detail


def _detail(job: Job, gateway: Gateway) -> JobDetail:
    same = {field.name: getattr(job, field.name) for field in fields(Job)}
    return JobDetail(**same, steps=gateway.jobs.steps(job.id))
