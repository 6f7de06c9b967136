"""The process that notices what nobody else does, and rings again: `python -m libs.common.runtime.reconciler`. Any number may run."""

from __future__ import annotations

import signal
import threading

import structlog

from libs.common.jobs.base import JobStore
from libs.common.jobs.sql import Limits
from libs.common.media.errors import DomainError
from libs.common.runtime.doorbell import Doorbell
from libs.common.runtime.log import configure_logging
from libs.common.runtime.settings import BrokerSettings, DatabaseSettings, WorkerSettings
from libs.common.runtime.stores import open_jobs
from libs.common.runtime.worker import CeleryDoorbell

_log = structlog.get_logger("reelsmith.reconciler")


def reconcile_for_ever(jobs: JobStore, doorbell: Doorbell, *, stopping: threading.Event, settings: WorkerSettings) -> None:
    """One turn each `reconcile_every_s`. A turn that fails is told and tried again; the health file's age tells of one that hangs."""
    while not stopping.wait(settings.reconcile_every_s):
        try:
            found = jobs.reconcile()
            doorbell.ring(found)
            if found:
                _log.info("rung_again", steps=len(found))
        except DomainError as error:
            _log.warning("reconcile_failed", code=error.code)
        except Exception as error:
            _log.error("reconcile_crashed", exc_info=error)
        if settings.health_file is not None:
            settings.health_file.parent.mkdir(parents=True, exist_ok=True)
            settings.health_file.touch()


def main() -> None:
    configure_logging("reconciler")
    settings, stopping = WorkerSettings(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    jobs = open_jobs(DatabaseSettings(), limits=Limits(ring_again_s=settings.ring_again_s))
    reconcile_for_ever(jobs, CeleryDoorbell.connect(BrokerSettings()), stopping=stopping, settings=settings)
    jobs.close()


if __name__ == "__main__":
    main()
