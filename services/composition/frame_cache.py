"""Things kept in a bounded memory, least recently used out first: decoded frames in a device's memory, above all."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


S = TypeVar("S", bound=Sized)


class BoundedCache(Generic[S]):
    """May be used from several threads. What is larger than the whole memory is not kept; a limit of 0 keeps nothing."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._kept: OrderedDict[Hashable, S] = OrderedDict()
        self._lock = Lock()
        self.held_bytes = 0

    def get(self, key: Hashable) -> S | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, thing: S) -> None:
        with self._lock:
            self._drop(key)
            if thing.nbytes > self._limit_bytes:
                return
            self._kept[key] = thing
            self.held_bytes += thing.nbytes
            while self.held_bytes > self._limit_bytes:
                self._drop(next(iter(self._kept)))

    def forget(self, key: Hashable) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: Hashable) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self.held_bytes -= gone.nbytes
