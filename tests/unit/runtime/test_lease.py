"""When the heartbeat of a step gives it up."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from libs.common.jobs.base import Claim, StepRef
from libs.common.media.errors import LeaseLost, StorageFull
from libs.common.runtime.lease import Lease

REF = StepRef(job_id="job_1", stage="voice.narrate", key="0", queue="cpu.voice")
PATIENCE_S = 30


class Hearts:
    """A job store whose heartbeats end as told; the last of `ends` goes on for ever."""

    def __init__(self, *ends: Exception | bool) -> None:
        self.asked = threading.Semaphore(0)
        self._ends = list(ends)

    def heartbeat(self, claim: Claim, **_: Any) -> bool:
        end = self._ends.pop(0) if len(self._ends) > 1 else self._ends[0]
        self.asked.release()
        if isinstance(end, Exception):
            raise end
        return end


def lease_on(hearts: Hearts, *, lease_s: float) -> Lease:
    return Lease(hearts, Claim(ref=REF, tenant="shop", fence=1, attempt=1, lease_s=lease_s))  # type: ignore[arg-type]


def ends(lease: Lease) -> bool:
    lease._thread.join(PATIENCE_S)
    return not lease._thread.is_alive()


def test_a_full_disk_is_outlived_within_the_lease() -> None:
    hearts = Hearts(StorageFull("no room", code="storage.full"), False)
    with lease_on(hearts, lease_s=0.3) as lease:
        assert all(hearts.asked.acquire(timeout=PATIENCE_S) for _ in range(4))

        lease.check()


def test_a_disk_that_stays_full_for_a_lease_loses_the_step() -> None:
    with lease_on(Hearts(StorageFull("no room", code="storage.full")), lease_s=0.03) as lease:
        assert ends(lease)

        with pytest.raises(LeaseLost):
            lease.check()


def test_a_heartbeat_that_crashes_loses_the_step_at_once() -> None:
    hearts = Hearts(RuntimeError("nobody expected this"), False)
    with lease_on(hearts, lease_s=0.03) as lease:
        assert ends(lease)

        with pytest.raises(LeaseLost):
            lease.check()
