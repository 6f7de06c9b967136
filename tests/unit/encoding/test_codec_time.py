"""CPU time is counted by thread; a busy neighbour does not count."""

import threading
import time

import pytest

from services.encoding.codec_time import CodecThreads


class Busy:
    """A codec with one thread, which works for a while and then waits for its end."""

    def __init__(self, cpu_s: float) -> None:
        self.spent_s = 0.0
        self._cpu_s = cpu_s
        self._worked, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)

    def open(self, strict: bool = True) -> None:
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._thread.join()

    def wait(self) -> None:
        self._worked.wait()

    def _run(self) -> None:
        while time.thread_time() < self._cpu_s:
            sum(range(1_000))
        self.spent_s = time.thread_time()
        self._worked.set()
        self._over.wait()


def test_the_time_of_all_codecs_opened_here_is_counted_and_no_other() -> None:
    codecs, neighbour = (Busy(0.03), Busy(0.05)), Busy(0.2)
    threads = CodecThreads()
    neighbour.open()
    for codec in codecs:
        threads.open(codec)
    for busy in (*codecs, neighbour):
        busy.wait()

    counted = threads.cpu_s()
    for busy in (*codecs, neighbour):
        busy.close()

    assert counted == pytest.approx(sum(codec.spent_s for codec in codecs), abs=0.01)


def test_a_codec_without_threads_adds_nothing() -> None:
    class Plain:
        def open(self, strict: bool = True) -> None:
            pass

    threads = CodecThreads()
    threads.open(Plain())

    assert threads.cpu_s() == 0
