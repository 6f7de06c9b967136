"""A new job: its row, the document that it begins with, its steps and its idempotency key, or nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import uuid_utils
from sqlalchemy import Connection, delete, select

from libs.common.jobs.base import JobState, Submission
from libs.common.jobs.database import now_of
from libs.common.jobs.locked import lock
from libs.common.jobs.rows import insert_once, job_of
from libs.common.jobs.schema import document, idempotency, job
from libs.common.media.errors import Conflict
from libs.common.pipeline import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    tenant: str
    root: type
    root_sha256: str
    title: str
    presets: tuple[str, ...]
    idempotency_key: str | None
    request_sha256: str | None


def submit(connection: Connection, request: Request, *, deadline_s: float) -> Submission:
    """Raises Conflict (`idempotency.key_reused`) where the key came with another request before."""
    earlier = submitted(connection, request)
    if earlier is not None:
        return earlier
    job_id = _add_job(connection, request, deadline_s)
    if request.idempotency_key is not None and not _take_key(connection, request, job_id):
        connection.execute(delete(job).where(job.c.id == job_id))  # another request with this key came first by a moment
        won = submitted(connection, request)
        assert won is not None
        return won
    locked = lock(connection, job_id)
    locked.record("job.state", state=JobState.accepted)
    locked.add_steps(Scope.job, ("",))
    locked.add_steps(Scope.rendition, locked.presets)
    ready = locked.open_steps()
    locked.move(JobState.queued)
    row = connection.execute(select(job).where(job.c.id == job_id)).one()
    return Submission(job=job_of(row), created=True, ready=ready)


def submitted(connection: Connection, request: Request) -> Submission | None:
    """The job of the same request under the same key. Raises Conflict where the key came with another request."""
    found = select(job, idempotency.c.request_sha256).join(idempotency, idempotency.c.job_id == job.c.id)
    mine = (idempotency.c.tenant == request.tenant, idempotency.c.key == request.idempotency_key)
    row = connection.execute(found.where(*mine)).first()
    if row is None:
        return None
    if row.request_sha256 != request.request_sha256:
        raise Conflict("this idempotency key was used with another request", code="idempotency.key_reused")
    return Submission(job=job_of(row), created=False)


def _add_job(connection: Connection, request: Request, deadline_s: float) -> str:
    now, job_id = now_of(connection), f"job_{uuid_utils.uuid7()}"
    connection.execute(
        job.insert().values(
            id=job_id,
            video_id=f"vid_{uuid_utils.uuid7()}",
            tenant=request.tenant,
            state=JobState.accepted,
            title=request.title,
            root=request.root.__name__,
            presets=list(dict.fromkeys(request.presets)),
            progress=0.0,
            last_seq=0,
            cancel_requested=False,
            review_pending=False,
            created_at=now,
            updated_at=now,
            deadline_at=now + timedelta(seconds=deadline_s),
        )
    )
    first = {"job_id": job_id, "kind": request.root.__name__, "key": "", "sha256": request.root_sha256, "created_at": now}
    connection.execute(document.insert().values(first))
    return job_id


def _take_key(connection: Connection, request: Request, job_id: str) -> bool:
    values = {
        "tenant": request.tenant,
        "key": request.idempotency_key,
        "request_sha256": request.request_sha256,
        "job_id": job_id,
        "created_at": now_of(connection),
    }
    return insert_once(connection, idempotency, values)
