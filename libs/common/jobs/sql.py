"""The job store in SQL: SQLite on a single node, PostgreSQL for more. One file a subject stands behind each group of methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from libs.common.jobs import claims, control, reading, reconcile, results
from libs.common.jobs.base import Claim, DocumentRow, Event, Job, JobError, JobState, Page, Step, StepRef, Submission
from libs.common.jobs.database import now_of, open_engine, writing
from libs.common.jobs.database import reading as read_only
from libs.common.jobs.rows import upsert
from libs.common.jobs.schema import memo
from libs.common.jobs.submit import Request, submit, submitted
from libs.common.media.brief import Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    max_attempts: int = 5
    """Starts of one step, then it is dead."""
    deadline_s: float = 86_400
    """From submission, approval or resumption to the end; waiting for a person does not count."""
    ring_again_s: float = 30
    """How long a ready step may wait before its doorbell is taken for lost."""


class SqlJobStore:
    """See `JobStore`. Threads may share one; processes may not."""

    def __init__(self, url: str, *, limits: Limits | None = None) -> None:
        self.engine = open_engine(url)
        self._limits = limits or Limits()

    def close(self) -> None:
        self.engine.dispose()

    def submit(
        self,
        *,
        tenant: str,
        root_sha256: str,
        title: str,
        presets: tuple[str, ...],
        root: type = Brief,
        idempotency_key: str | None = None,
        request_sha256: str | None = None,
    ) -> Submission:
        request = Request(
            tenant=tenant,
            root=root,
            root_sha256=root_sha256,
            title=title,
            presets=presets,
            idempotency_key=idempotency_key,
            request_sha256=request_sha256,
        )
        with writing(self.engine) as connection:
            return submit(connection, request, deadline_s=self._limits.deadline_s)

    def submitted(self, *, tenant: str, idempotency_key: str, request_sha256: str) -> Submission | None:
        request = Request(
            tenant=tenant, root=Brief, root_sha256="", title="", presets=(), idempotency_key=idempotency_key, request_sha256=request_sha256
        )
        with read_only(self.engine) as connection:
            return submitted(connection, request)

    # --- what readers see ---

    def job(self, job_id: str, *, tenant: str | None = None) -> Job:
        with read_only(self.engine) as connection:
            return reading.job_by_id(connection, job_id, tenant=tenant)

    def job_of_video(self, video_id: str, *, tenant: str | None = None) -> Job:
        with read_only(self.engine) as connection:
            return reading.job_by_video(connection, video_id, tenant=tenant)

    def jobs(self, *, tenant: str, state: JobState | None = None, limit: int = 50, cursor: str | None = None) -> Page:
        with read_only(self.engine) as connection:
            return reading.jobs_of(connection, tenant=tenant, state=state, limit=limit, cursor=cursor)

    def steps(self, job_id: str) -> tuple[Step, ...]:
        with read_only(self.engine) as connection:
            return reading.steps_of(connection, job_id)

    def latest_stats(self, *, stage: str, limit: int = 100) -> tuple[dict[str, Any], ...]:
        with read_only(self.engine) as connection:
            return reading.latest_stats(connection, stage=stage, limit=limit)

    def documents(self, job_id: str) -> tuple[DocumentRow, ...]:
        with read_only(self.engine) as connection:
            return reading.documents_of(connection, job_id)

    def events(self, job_id: str, *, after: int = 0, limit: int = 500) -> tuple[Event, ...]:
        with read_only(self.engine) as connection:
            return reading.events_of(connection, job_id, after=after, limit=limit)

    # --- what people ask for ---

    def cancel(self, job_id: str) -> Job:
        with writing(self.engine) as connection:
            control.cancel(connection, job_id)
            return reading.job_by_id(connection, job_id)

    def resume(self, job_id: str) -> Job:
        with writing(self.engine) as connection:
            control.resume(connection, job_id, deadline_s=self._limits.deadline_s)
            return reading.job_by_id(connection, job_id)

    def approve(self, job_id: str, *, by: str) -> Job:
        with writing(self.engine) as connection:
            control.approve(connection, job_id, by=by, deadline_s=self._limits.deadline_s)
            return reading.job_by_id(connection, job_id)

    def decline(self, job_id: str, *, by: str, detail: str) -> Job:
        with writing(self.engine) as connection:
            control.decline(connection, job_id, by=by, detail=detail)
            return reading.job_by_id(connection, job_id)

    # --- for workers ---

    def ready(self, *, queues: tuple[str, ...] = (), limit: int = 100) -> tuple[StepRef, ...]:
        with read_only(self.engine) as connection:
            return reading.claimable(connection, queues=queues, limit=limit)

    def claim(self, ref: StepRef, *, owner: str, lease_s: float) -> Claim | None:
        with writing(self.engine) as connection:
            return claims.claim(connection, ref, owner=owner, lease_s=lease_s, max_attempts=self._limits.max_attempts)

    def heartbeat(self, claim: Claim, *, progress: float | None = None) -> bool:
        with writing(self.engine) as connection:
            return claims.heartbeat(connection, claim, progress=progress)

    def inputs(self, claim: Claim) -> tuple[tuple[DocumentRow, ...], ...]:
        with read_only(self.engine) as connection:
            return reading.inputs_for(connection, claim)

    def emit(self, claim: Claim, *, kind: str, key: str, sha256: str) -> tuple[StepRef, ...]:
        with writing(self.engine) as connection:
            return results.emit(connection, claim, kind=kind, key=key, sha256=sha256)

    def finish(
        self, claim: Claim, *, kind: str, sha256: str, reused: bool, stats: dict[str, Any], scenes: int | None = None
    ) -> tuple[StepRef, ...]:
        with writing(self.engine) as connection:
            return results.finish(connection, claim, kind=kind, sha256=sha256, reused=reused, stats=stats, scenes=scenes)

    def hold(self, claim: Claim, *, kind: str, sha256: str, stats: dict[str, Any]) -> None:
        with writing(self.engine) as connection:
            results.hold(connection, claim, kind=kind, sha256=sha256, stats=stats)

    def reject(self, claim: Claim, *, kind: str, sha256: str, error: JobError) -> None:
        with writing(self.engine) as connection:
            results.reject(connection, claim, kind=kind, sha256=sha256, error=error)

    def fail(self, claim: Claim, *, error: JobError, retry_in_s: float | None) -> None:
        with writing(self.engine) as connection:
            claims.fail(connection, claim, error=error, retry_in_s=retry_in_s, max_attempts=self._limits.max_attempts)

    def cancelled(self, claim: Claim) -> None:
        with writing(self.engine) as connection:
            claims.cancelled(connection, claim)

    def memo(self, *, stage: str, input_sha256: str) -> str | None:
        with read_only(self.engine) as connection:
            query = select(memo.c.sha256).where(memo.c.stage == stage, memo.c.input_sha256 == input_sha256)
            found: str | None = connection.execute(query).scalar()
            return found

    def remember(self, *, stage: str, input_sha256: str, sha256: str) -> None:
        with writing(self.engine) as connection:
            row = {"stage": stage, "input_sha256": input_sha256, "sha256": sha256, "created_at": now_of(connection)}
            upsert(connection, memo, row)

    def reconcile(self) -> tuple[StepRef, ...]:
        reconcile.put_right(self.engine, max_attempts=self._limits.max_attempts)
        return reconcile.to_ring(self.engine, ring_again_s=self._limits.ring_again_s)
