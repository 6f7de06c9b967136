"""A generator that runs ahead in a thread of its own, a few items at most: decoding, composing and encoding overlap."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
_POLL_S = 0.05


class _End:
    """Put last; `error` is what the generator raised."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


class Pump(Generic[T]):
    """Iterate over it once; an error of the generator is raised where it is iterated. Close it in any case."""

    def __init__(self, source: Iterator[T], *, depth: int, name: str) -> None:
        self._source = source
        self._queue: queue.Queue[T | _End] = queue.Queue(depth)
        self._stopped = threading.Event()
        self.cpu_s = 0.0
        """CPU time of the thread; complete once the iteration is over."""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[T]:
        while True:
            try:
                item = self._queue.get(timeout=_POLL_S)
            except queue.Empty:
                if self._stopped.is_set():  # then no end is put any more
                    return
                continue
            if isinstance(item, _End):
                self._thread.join()
                if item.error is not None:
                    raise item.error
                return
            yield item

    @property
    def stopped(self) -> threading.Event:
        return self._stopped

    def close(self) -> None:
        """Stop the thread and wait for it."""
        self._stopped.set()
        while self._thread.is_alive():
            try:
                self._queue.get(timeout=_POLL_S)
            except queue.Empty:
                continue

    def _run(self) -> None:
        begun_s = time.thread_time()
        error: BaseException | None = None
        try:
            for item in self._source:
                if not self._put(item):
                    return
        except BaseException as raised:
            error = raised
        finally:
            self.cpu_s = time.thread_time() - begun_s
            self._put(_End(error))

    def _put(self, item: T | _End) -> bool:
        while not self._stopped.is_set():
            try:
                self._queue.put(item, timeout=_POLL_S)
                return True
            except queue.Full:
                continue
        return False
