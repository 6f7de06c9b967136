"""A Celery worker of some services with rehearsal bindings, configured by the environment: the victim of `test_celery_workers.py`."""

from __future__ import annotations

import sys

from libs.common.pipeline import STAGES
from libs.common.runtime.log import configure_logging
from libs.common.runtime.rehearsal import rehearsal_bindings
from libs.common.runtime.settings import BrokerSettings, DatabaseSettings, StorageSettings, WorkerSettings
from libs.common.runtime.stores import open_blobs, open_jobs
from libs.common.runtime.worker import Workplace, create_worker, worker_arguments

PAUSE_S = 0.05


def open_workplace() -> Workplace:
    blobs = open_blobs(StorageSettings())
    return Workplace(jobs=open_jobs(DatabaseSettings()), blobs=blobs, bindings=rehearsal_bindings(blobs, scenes=2, pause_s=PAUSE_S))


if __name__ == "__main__":
    services = tuple(sys.argv[1].split(","))
    configure_logging("test")
    stages = [stage for stage in STAGES if stage.partition(".")[0] in services]
    arguments = worker_arguments("test", stages=stages, queues=(), concurrency=1)
    create_worker(BrokerSettings(), WorkerSettings(), open_workplace=open_workplace).worker_main(arguments)
