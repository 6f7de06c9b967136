"""Keeping a claimed step while its work runs, in a thread of its own: the work may be busy in C or in Python for long."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Self

import structlog

from libs.common.jobs.base import Claim, JobStore
from libs.common.media.errors import Cancelled, DomainError, LeaseLost

_log = structlog.get_logger("reelsmith.lease")


class Lease:
    """A context manager around the work. Heartbeats come three times within the lease.

    Where the database takes no heartbeat for a whole lease, the step counts as lost: another worker may have it by then. So it does at
    once when a heartbeat ends in what nobody expected: work never runs on without one.
    """

    def __init__(self, jobs: JobStore, claim: Claim, *, stopping: threading.Event | None = None) -> None:
        self.claim = claim
        self._jobs = jobs
        self._stopping = stopping or threading.Event()
        self._cancelled = False
        self._lost = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease-{claim.ref.stage}-{claim.ref.key}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def check(self) -> None:
        """Raises LeaseLost or Cancelled where the work should stop."""
        if self._lost:
            raise LeaseLost("another worker may have this step by now", code="step.lease_lost")
        if self._cancelled:
            raise Cancelled("somebody asked to stop", code="job.cancelled")
        if self._stopping.is_set():
            raise Cancelled("this worker stops", code="worker.stopping")

    def saw(self, *, cancel_requested: bool) -> None:
        """What another heartbeat of this claim was told."""
        self._cancelled = self._cancelled or cancel_requested

    def _beat(self) -> None:
        pause_s, held_until = self.claim.lease_s / 3, time.monotonic() + self.claim.lease_s
        while not self._over.wait(pause_s):
            asked_at = time.monotonic()
            try:
                self.saw(cancel_requested=self._jobs.heartbeat(self.claim))
                held_until = asked_at + self.claim.lease_s
            except LeaseLost:
                self._lost = True
                return
            except DomainError as error:
                _log.warning("heartbeat_missed", code=error.code)
                if time.monotonic() > held_until:
                    self._lost = True
                    return
            except Exception:
                _log.exception("heartbeat_crashed")
                self._lost = True
                return
