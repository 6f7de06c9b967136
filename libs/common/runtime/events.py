"""Waking those who follow a job's events. What happened they read from SQL; a wake-up that is lost only costs them their own pause."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Listener:
    """Belongs to the event loop in which it was made."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()

    async def wait(self, timeout_s: float) -> bool:
        """True where there was news since the last call, False where the time is over."""
        try:
            await asyncio.wait_for(self._news.wait(), timeout_s)
        except TimeoutError:
            return False
        self._news.clear()
        return True

    def wake(self) -> None:
        """From any thread."""
        with suppress(RuntimeError):  # its loop is closed already: nobody is left to be woken
            self._loop.call_soon_threadsafe(self._news.set)


class EventBell:
    """In-process. Listen first and read then: what comes in between is not missed."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)

    @contextmanager
    def listen(self, job_id: str) -> Iterator[Listener]:
        listener = Listener()
        with self._guard:
            self._listeners[job_id].add(listener)
        try:
            yield listener
        finally:
            with self._guard:
                self._listeners[job_id].discard(listener)
                if not self._listeners[job_id]:
                    del self._listeners[job_id]

    def wake(self, job_id: str) -> None:
        with self._guard:
            listeners = tuple(self._listeners.get(job_id, ()))
        for listener in listeners:
            listener.wake()
