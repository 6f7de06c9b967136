"""The all-in-one mode's workers: threads of this process that take steps straight from SQL. A doorbell only wakes them."""

from __future__ import annotations

import os
import socket
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

import structlog

from libs.common.blobs.base import BlobStore
from libs.common.jobs.base import JobStore, StepRef
from libs.common.media.errors import DomainError
from libs.common.pipeline import QUEUES
from libs.common.runtime.context import StepBinding
from libs.common.runtime.events import EventBell
from libs.common.runtime.steps import Backoff, run_step

POLL_S = 1.0
"""How long a ready step waits at most where nobody rang for it."""
_log = structlog.get_logger("reelsmith.local")


def default_caps(cores: int) -> dict[str, int]:
    """Steps of a queue at once. Rendering and encoding use several cores a step; what waits for others costs nothing."""
    heavy = {"gpu.compose": max(1, cores // 2), "cpu.encode": max(1, cores // 2)}
    return {queue: heavy.get(queue, 4 if queue.startswith("io.") else max(1, cores)) for queue in QUEUES}


class LocalPool:
    """A `Doorbell` and those who hear it. Use it as `start` … `stop`; jobs that an earlier process left are taken up at start, running
    steps of it when their lease is over."""

    def __init__(
        self,
        jobs: JobStore,
        blobs: BlobStore,
        bindings: Mapping[str, StepBinding],
        *,
        threads: int | None = None,
        caps: Mapping[str, int] | None = None,
        lease_s: float = 15,
        bell: EventBell | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        cores = os.cpu_count() or 1
        self._jobs, self._blobs, self._bindings = jobs, blobs, bindings
        self._caps = dict(caps or default_caps(cores))
        self._threads = threads or cores + 4
        self._lease_s = lease_s
        self._bell = bell or EventBell()
        self._backoff = backoff
        self._owner = f"{socket.gethostname()}:{os.getpid()}"
        self._guard = threading.Lock()
        self._taken: set[StepRef] = set()
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._stopping = threading.Event()
        self._executor = ThreadPoolExecutor(self._threads, thread_name_prefix="step")
        self._loops = [threading.Thread(target=loop, name=loop.__name__, daemon=True) for loop in (self._dispatch, self._reconcile)]

    def ring(self, refs: Iterable[StepRef]) -> None:
        self._wake.set()

    def tell(self, job_id: str) -> None:
        self._bell.wake(job_id)

    def start(self) -> None:
        for loop in self._loops:
            loop.start()

    def stop(self, *, drain_s: float = 30) -> None:
        """Take no more steps, let running ones go on for `drain_s`, then ask them to stop: they are given back."""
        self._closing.set()
        self._wake.set()
        for loop in self._loops:
            loop.join()
        drained = threading.Thread(target=self._executor.shutdown, daemon=True)
        drained.start()
        drained.join(drain_s)
        self._stopping.set()
        drained.join()

    def _dispatch(self) -> None:
        while not self._closing.is_set():
            self._wake.clear()
            try:
                self._take_ready()
            except DomainError as error:
                _log.warning("dispatch_failed", code=error.code)
            except Exception as error:
                _log.error("dispatch_crashed", exc_info=error)
            self._wake.wait(POLL_S)

    def _take_ready(self) -> None:
        with self._guard:
            busy, taken = Counter(ref.queue for ref in self._taken), set(self._taken)
        free = self._threads - len(taken)
        open_queues = tuple(queue for queue, cap in self._caps.items() if busy[queue] < cap)
        if free <= 0 or not open_queues:
            return
        for ref in self._jobs.ready(queues=open_queues, limit=self._threads * 4):
            if ref in taken or ref.stage not in self._bindings or busy[ref.queue] >= self._caps[ref.queue] or free <= 0:
                continue
            busy[ref.queue] += 1
            free -= 1
            with self._guard:
                self._taken.add(ref)
            self._executor.submit(self._run, ref)

    def _run(self, ref: StepRef) -> None:
        try:
            run_step(
                ref,
                jobs=self._jobs,
                blobs=self._blobs,
                bindings=self._bindings,
                owner=f"{self._owner}:{threading.current_thread().name}",
                doorbell=self,
                lease_s=self._lease_s,
                stopping=self._stopping,
                backoff=self._backoff,
            )
        except DomainError as error:  # the outcome could not be recorded: the lease ends, and the step is run again
            _log.warning("step_not_recorded", step=ref.name, job_id=ref.job_id, code=error.code)
        except Exception as error:
            _log.error("step_not_recorded", step=ref.name, job_id=ref.job_id, exc_info=error)
        finally:
            with self._guard:
                self._taken.discard(ref)
            self._wake.set()

    def _reconcile(self) -> None:
        while not self._closing.wait(POLL_S):
            try:
                if self._jobs.reconcile():
                    self._wake.set()
            except DomainError as error:
                _log.warning("reconcile_failed", code=error.code)
            except Exception as error:
                _log.error("reconcile_crashed", exc_info=error)
