"""HTTPS, TLS 1.3 only, until told to stop."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from libs.common.runtime.tls import Certificate, tls13

GRACE_S = 10
"""How long open requests may take once we were told to stop; event streams are cut off then, and their readers come back."""
KEEP_ALIVE_S = 30
MOST_CONNECTIONS = 2_048


def serve(
    app: FastAPI,
    *,
    host: str,
    port: int,
    certificate: Certificate,
    started: Callable[[int], None] | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT (in the main thread) or until `stop` is set; then finish what is open and return.

    `started` is called with the port once connections are accepted: useful with port 0. Raises OSError where the port is taken.
    """
    config = uvicorn.Config(
        app,
        ssl_certfile=certificate.cert,
        ssl_keyfile=certificate.key,
        ssl_context_factory=tls13,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=KEEP_ALIVE_S,
        limit_concurrency=MOST_CONNECTIONS,
        proxy_headers=False,
        lifespan="on",
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=config.backlog) as listener:
        _Server(config, started=started, stop=stop).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Returns after a signal instead of raising it again, so that whoever runs other things beside it can end them too."""

    def __init__(self, config: uvicorn.Config, *, started: Callable[[int], None] | None, stop: threading.Event | None) -> None:
        super().__init__(config)
        self._tell_started, self._stop = started, stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._tell_started is not None and sockets:
            self._tell_started(sockets[0].getsockname()[1])

    async def on_tick(self, counter: int) -> bool:
        if self._stop is not None and self._stop.is_set():
            self.should_exit = True
        return await super().on_tick(counter)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
