"""All we know of Celery: its messages are doorbells, the record is SQL. A message says where to look and never what to do, so one that is
lost or comes twice does no harm. Each setting below was tested against kills of workers and of Redis (docs/jobs.md)."""

from __future__ import annotations

import os

os.environ.setdefault("REMAP_SIGTERM", "SIGQUIT")  # read as Celery is imported: SIGTERM gives the running step a last while

import functools
import logging
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import structlog
from celery import Celery, bootsteps, signals

from libs.common.blobs.base import BlobStore
from libs.common.jobs.base import JobStore, StepRef
from libs.common.media.errors import DomainError
from libs.common.pipeline import STAGES
from libs.common.runtime.context import StepBinding
from libs.common.runtime.settings import BrokerSettings, WorkerSettings
from libs.common.runtime.steps import run_step

TASK = "reelsmith.step"
HEALTH_EVERY_S = 5
KILL_AFTER_BUDGET_S = 60
"""The reconciler gives a step up when its budget is spent; if the work does not even notice, its process is killed this much later."""

_log = structlog.get_logger("reelsmith.worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """What a worker's process needs to run steps."""

    jobs: JobStore
    blobs: BlobStore
    bindings: Mapping[str, StepBinding]


class Runner(Protocol):
    """A Celery worker, ready to be started."""

    def worker_main(self, argv: list[str]) -> None: ...


def celery_queue(stage: str, queue: str) -> str:
    """`<resource>@<service>`: services share resources and not workers."""
    return f"{queue}@{stage.partition('.')[0]}"


class CeleryDoorbell:
    """Rings through Redis. What cannot be published is left to the reconciler, so that Redis never fails a request or a step."""

    def __init__(self, app: Any) -> None:
        self._app = app

    @classmethod
    def connect(cls, broker: BrokerSettings) -> CeleryDoorbell:
        return cls(_create_app(broker))

    def ring(self, refs: Iterable[StepRef]) -> None:
        found = list(refs)
        if not found:
            return
        try:
            with self._app.producer_pool.acquire(block=True, timeout=5) as producer:
                for ref in found:
                    self._app.send_task(
                        TASK,
                        args=(ref.job_id, ref.stage, ref.key, ref.queue),
                        queue=celery_queue(ref.stage, ref.queue),
                        time_limit=STAGES[ref.stage].budget_s + KILL_AFTER_BUDGET_S,
                        producer=producer,
                    )
        except Exception as error:
            _log.warning("doorbell_not_rung", steps=len(found), reason=type(error).__name__)

    def tell(self, job_id: str) -> None:
        """Readers of other processes look into the record on their own."""
        return


def create_worker(broker: BrokerSettings, worker: WorkerSettings, *, open_workplace: Callable[[], Workplace]) -> Runner:
    """A worker with the one task there is. `open_workplace` is called in each child process, at its first step: neither database
    connections nor a GPU survive a fork."""
    app = _create_app(broker, soft_shutdown_s=worker.soft_shutdown_s)
    doorbell = CeleryDoorbell(app)
    opened = functools.cache(open_workplace)

    @app.task(name=TASK)  # type: ignore[untyped-decorator]
    def step(job_id: str, stage: str, key: str, queue: str) -> None:
        ref = StepRef(job_id=job_id, stage=stage, key=key, queue=queue)
        try:
            place = opened()
            run_step(
                ref,
                jobs=place.jobs,
                blobs=place.blobs,
                bindings=place.bindings,
                owner=f"{socket.gethostname()}:{os.getpid()}",
                doorbell=doorbell,
                lease_s=worker.lease_s,
                alone=True,
            )
        except DomainError as error:  # the step stays as it is in the record, and is rung again
            _log.warning("step_not_run", job_id=job_id, step=ref.name, code=error.code, exc_info=error)
        except Exception as error:  # a MemoryError that left a task would end the whole worker
            _log.error("step_not_run", job_id=job_id, step=ref.name, exc_info=error)

    if worker.health_file is not None:
        app.steps["worker"].add(_health_step(worker.health_file))
    runner: Runner = app
    return runner


def worker_arguments(name: str, *, stages: Iterable[str], queues: tuple[str, ...], concurrency: int) -> list[str]:
    """The command line of a worker for these stages; of all their queues when none is named."""
    wanted = {celery_queue(stage, STAGES[stage].queue) for stage in stages if not queues or STAGES[stage].queue in queues}
    if not wanted:
        raise ValueError(f"{name} has no step in the queues {', '.join(queues)}")
    return [
        "--quiet",  # no banner: every line of the log is JSON
        *("worker", f"--hostname={name}@%h-{os.getpid()}", "--pool=prefork", f"--concurrency={concurrency}"),
        *(f"--queues={','.join(sorted(wanted))}", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=INFO"),
    ]


def _create_app(broker: BrokerSettings, *, soft_shutdown_s: int = 60) -> Any:
    app = Celery("reelsmith", broker=broker.url.get_secret_value(), set_as_current=False)
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=False,  # the lease does recovery, and counts attempts
        task_retry_on_worker_lost=False,
        task_acks_on_failure=True,
        task_acks_on_timeout=True,
        task_ignore_result=True,  # results live in SQL
        worker_prefetch_multiplier=1,
        worker_disable_prefetch=True,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_enable_remote_control=False,
        worker_soft_shutdown_timeout=soft_shutdown_s,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": broker.visibility_timeout_s,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "socket_timeout": 10,
            "socket_connect_timeout": 2,
            "socket_keepalive": True,
            "global_keyprefix": broker.key_prefix,
            "max_retries": 1,  # of a publisher's connection: a request must not wait for Redis
            "interval_start": 0,
            "interval_max": 0.2,
        },
        task_publish_retry=False,
        task_serializer="json",
        accept_content=["json"],
    )
    return app


@signals.setup_logging.connect  # type: ignore[untyped-decorator]
def _keep_our_logging(**_: object) -> None:
    """Celery sets up its own logging unless somebody answers this signal."""
    logging.getLogger("celery").setLevel(logging.INFO)


def _health_step(path: Path) -> type:
    class HealthFile(bootsteps.StartStopStep):  # type: ignore[misc]
        """Touches the file from the worker's own event loop: a loop that hangs lets it grow old."""

        requires = ("celery.worker.components:Timer",)

        def start(self, parent: Any) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            parent.timer.call_repeatedly(HEALTH_EVERY_S, path.touch, priority=10)

        def stop(self, parent: Any) -> None:
            path.unlink(missing_ok=True)

    return HealthFile
