"""Our end of one espeak-ng process: start it, ask it, kill it when it takes too long."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
import weakref
from pathlib import Path
from typing import Any

import espeakng_loader

PROGRAM = Path(__file__).with_name("espeak_process.py")


class ChildDied(Exception):
    """The process is gone, or was killed because it took too long."""


def _kill(process: subprocess.Popen[bytes], owner_pid: int) -> None:
    """The whole group, so that a fork in the middle of its work goes too. In a fork of ours the child is not ours to kill."""
    if os.getpid() != owner_pid:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


class EspeakChild:
    """One process, one request at a time. Not for several threads at once."""

    def __init__(self) -> None:
        command = [sys.executable, "-I", "-S", str(PROGRAM), espeakng_loader.get_library_path(), espeakng_loader.get_data_path()]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"LC_ALL": "C.UTF-8"}, start_new_session=True, bufsize=0
        )
        self.pid = self._process.pid
        self.close = weakref.finalize(self, _kill, self._process, os.getpid())
        """Kills the process; harmless when it is dead."""

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], *, timeout_s: float) -> tuple[dict[str, Any], bytes]:
        """Head and samples of the answer. Raises ChildDied; the child is of no use afterwards."""
        deadline = time.monotonic() + timeout_s
        body = json.dumps(request).encode()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(struct.pack(">I", len(body)) + body)
            head = json.loads(self._frame(deadline))
            return head, self._frame(deadline)
        except (BrokenPipeError, ChildDied) as error:
            self.close()
            raise ChildDied(str(error)) from error
        except BaseException:
            self.close()  # half an answer may lie in the pipe
            raise

    def _frame(self, deadline: float) -> bytes:
        (length,) = struct.unpack(">I", self._read(4, deadline))
        return self._read(length, deadline)

    def _read(self, count: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        found = bytearray()
        while len(found) < count:
            left_s = deadline - time.monotonic()
            ready = left_s > 0 and select.select([self._process.stdout], [], [], left_s)[0]
            if not ready:
                raise ChildDied("the speech engine took too long")
            piece = self._process.stdout.read(min(1 << 16, count - len(found)))
            if not piece:
                raise ChildDied("the speech engine's process ended")
            found += piece
        return bytes(found)
