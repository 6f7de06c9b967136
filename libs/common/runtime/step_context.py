"""The context of a step that really runs: progress and documents go to the store, figures to the step's record."""

from __future__ import annotations

import time
from typing import Any

import structlog

from libs.common.blobs.base import BlobStore, store_document
from libs.common.jobs.base import Claim, JobStore
from libs.common.media.errors import StorageFull, Unavailable
from libs.common.runtime.doorbell import Doorbell
from libs.common.runtime.lease import Lease

PROGRESS_EVERY_S = 1.0
_log = structlog.get_logger("reelsmith.steps")


class RunningContext:
    """See `StepContext`."""

    def __init__(self, claim: Claim, lease: Lease, *, jobs: JobStore, blobs: BlobStore, doorbell: Doorbell) -> None:
        self.figures: dict[str, Any] = {}
        self._claim = claim
        self._lease = lease
        self._jobs = jobs
        self._blobs = blobs
        self._doorbell = doorbell
        self._told_at = time.monotonic()

    @property
    def job_id(self) -> str:
        return self._claim.ref.job_id

    @property
    def tenant(self) -> str:
        return self._claim.tenant

    @property
    def key(self) -> str:
        return self._claim.ref.key

    def progress(self, done: float) -> None:
        self._lease.check()
        if time.monotonic() - self._told_at < PROGRESS_EVERY_S:
            return
        self._told_at = time.monotonic()
        try:
            cancelled = self._jobs.heartbeat(self._claim, progress=min(1.0, max(0.0, done)))
        except (Unavailable, StorageFull) as error:  # progress is a courtesy; whether the step is still ours, the lease decides
            _log.warning("progress_not_told", code=error.code)
            return
        self._doorbell.tell(self.job_id)
        self._lease.saw(cancel_requested=cancelled)
        self._lease.check()

    def emit(self, document: object, key: str) -> None:
        self._lease.check()
        sha256 = store_document(self._blobs, document)
        ready = self._jobs.emit(self._claim, kind=type(document).__name__, key=key, sha256=sha256)
        self._doorbell.tell(self.job_id)
        self._doorbell.ring(ready)

    def note(self, **figures: Any) -> None:
        self.figures.update(figures)
