"""The command line that every service has: `python -m services.<name> worker | serve | alive`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI

from libs.common.blobs.base import BlobStore
from libs.common.pipeline import STAGES
from libs.common.runtime.context import StepBinding
from libs.common.runtime.log import configure_logging
from libs.common.runtime.settings import BrokerSettings, DatabaseSettings, HttpSettings, StorageSettings, WorkerSettings

BuildSteps = Callable[[BlobStore], dict[str, StepBinding]]
CreateApp = Callable[[], FastAPI]

HEALTH_FILE_FRESH_S = 30
"""A health file that is older says that its worker hangs."""


def service_main(
    name: str, *, build_steps: BuildSteps | None = None, create_app: CreateApp | None = None, argv: Sequence[str] | None = None
) -> None:
    """Run the service as the command line says. A service gives what it has: steps, an HTTP face, or both."""
    options = _parser(name, has_steps=build_steps is not None, has_app=create_app is not None).parse_args(argv)
    configure_logging(name)
    if options.command == "worker":
        assert build_steps is not None
        run_worker(name, build_steps, queues=tuple(options.queues), concurrency=options.concurrency)
    elif options.command == "serve":
        assert create_app is not None
        run_server(create_app(), host=options.host, port=options.port)
    else:
        sys.exit(0 if _is_alive() else 1)


def run_worker(name: str, build_steps: BuildSteps, *, queues: tuple[str, ...] = (), concurrency: int | None = None) -> None:
    """Take steps of this service until SIGTERM."""
    from libs.common.runtime.stores import open_blobs, open_jobs
    from libs.common.runtime.worker import Workplace, create_worker, worker_arguments  # Celery: only where a worker starts

    settings, storage, database = WorkerSettings(), StorageSettings(), DatabaseSettings()

    def open_workplace() -> Workplace:
        blobs = open_blobs(storage)
        return Workplace(jobs=open_jobs(database), blobs=blobs, bindings=build_steps(blobs))

    stages = [stage for stage in STAGES if stage.startswith(f"{name}.")]
    arguments = worker_arguments(name, stages=stages, queues=queues or settings.queues, concurrency=concurrency or settings.concurrency)
    create_worker(BrokerSettings(), settings, open_workplace=open_workplace).worker_main(arguments)


def run_server(app: FastAPI, *, host: str | None = None, port: int | None = None) -> None:
    """Serve `app` until SIGTERM: TLS 1.3 where the settings name a certificate, plain HTTP for a private network where they do not."""
    import uvicorn

    from libs.common.runtime.tls import tls13

    settings = HttpSettings()
    tls: dict[str, Any] = {}
    if settings.cert_file is not None and settings.key_file is not None:
        tls = {"ssl_certfile": settings.cert_file, "ssl_keyfile": settings.key_file, "ssl_context_factory": tls13}
    uvicorn.run(
        app,
        host=host or settings.host,
        port=settings.port if port is None else port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=20,
        **tls,
    )


def _parser(name: str, *, has_steps: bool, has_app: bool) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m services.{name}", description=f"The {name} service.")
    commands = parser.add_subparsers(dest="command", required=True)
    if has_steps:
        worker = commands.add_parser("worker", help="take steps from the queue")
        worker.add_argument(
            "--queues", type=lambda text: text.split(","), default=[], help="of the pipeline's; default: all of the service"
        )
        worker.add_argument("--concurrency", type=int, help="steps at once, each in its own process")
        commands.add_parser("alive", help="exit 0 where the worker's health file is fresh")
    if has_app:
        serve = commands.add_parser("serve", help="answer HTTP requests")
        serve.add_argument("--host")
        serve.add_argument("--port", type=int)
    return parser


def _is_alive() -> bool:
    path = WorkerSettings().health_file
    try:
        return path is not None and time.time() - path.stat().st_mtime < HEALTH_FILE_FRESH_S
    except FileNotFoundError:
        return False
