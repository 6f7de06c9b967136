"""CPU time of codecs that work in threads of their own. The process's clock would count other steps that run beside this one."""

from __future__ import annotations

import os
import time
from threading import Lock
from typing import Protocol

_OPENING = Lock()
"""Two steps that open codecs at once would each count the other's threads."""


class Codec(Protocol):
    def open(self, strict: bool = ...) -> None: ...


class CodecThreads:
    """The threads that codecs started as they were opened here.

    FFmpeg and x264 start all of theirs then, and end them when the codec is closed. A thread that another part of the program starts
    within those milliseconds is counted too.
    """

    def __init__(self) -> None:
        self._ids: set[int] = set()

    def open(self, codec: Codec) -> None:
        with _OPENING:
            before = _threads()
            codec.open(strict=False)
            self._ids |= _threads() - before

    def cpu_s(self) -> float:
        """So far. Only while the codecs are open."""
        return sum(time.clock_gettime(_cpu_clock(thread)) for thread in self._ids)


def _threads() -> set[int]:
    """Linux's ids of the threads of this process."""
    return {int(name) for name in os.listdir("/proc/self/task")}


def _cpu_clock(thread: int) -> int:
    """The clock's number: the complement of the id above three bits, which say "of a thread" and "as scheduled".

    `make_thread_cpuclock` of the kernel, include/linux/posix-timers.h.
    """
    return (~thread << 3) | 4 | 2
