"""Child processes for untrusted media: limits set by the kernel, killed on wall time, no environment, no disk."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from services.assets.limits import ChildLimits

_LIMITED = Path(__file__).with_name("limited.py")
_ROOT = Path(__file__).parents[2]
_STDERR_BYTES = 64_000


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended."""

    code: int
    """Exit status; negative for a signal."""
    output: bytes
    """Standard output, at most `ChildLimits.output_bytes`."""
    messages: str
    """End of standard error."""
    timed_out: bool
    """Wall or CPU time was spent."""


def memory_file(data: bytes = b"", *, name: str = "media") -> BinaryIO:
    """A seekable file without a place on disk, at its start. Children reach it as `/proc/self/fd/<number>`."""
    file = os.fdopen(os.memfd_create(name), "w+b")
    file.write(data)
    file.seek(0)
    return file


def run_limited(argv: Sequence[str], *, limits: ChildLimits, files: Sequence[BinaryIO] = ()) -> Ended:
    """Run `argv` (a program's path first) with `files` open under the numbers that they have here."""
    for file in files:
        file.flush()
    wanted = [str(value) for value in (limits.memory_bytes, limits.cpu_s, limits.files, limits.file_bytes)]
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", str(_LIMITED), *wanted, *argv],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[file.fileno() for file in files],
        env=_environment(),
        start_new_session=True,
    )
    late = threading.Event()
    clock = threading.Timer(limits.wall_s, _kill, args=(process.pid, late))
    messages = bytearray()
    assert process.stdout is not None
    assert process.stderr is not None
    listener = threading.Thread(target=_keep_end, args=(process.stderr, messages), daemon=True)
    clock.start()
    listener.start()
    try:
        output = process.stdout.read(limits.output_bytes)
        if process.stdout.read(1):
            _kill(process.pid, threading.Event())
        _, status, usage = os.wait4(process.pid, 0)  # `wait` would not tell the CPU time
        code = process.returncode = os.waitstatus_to_exitcode(status)
        listener.join()
    finally:
        clock.cancel()
        if process.returncode is None:
            _kill(process.pid, late)
            process.wait()
        process.stdout.close()
        process.stderr.close()
    # The kernel's clock for the limit and the one for the accounts tick apart.
    spent = code < 0 and usage.ru_utime + usage.ru_stime >= 0.8 * limits.cpu_s
    return Ended(code, output, messages.decode(errors="replace"), timed_out=late.is_set() or spent)


def _kill(session: int, flag: threading.Event) -> None:
    """The whole session: a child may have children."""
    flag.set()
    with contextlib.suppress(ProcessLookupError):  # it ended by itself at this very moment
        os.killpg(session, signal.SIGKILL)


def _keep_end(stream: IO[bytes], kept: bytearray) -> None:
    while chunk := stream.read1(8_192):  # type: ignore[attr-defined]
        kept += chunk
        del kept[:-_STDERR_BYTES]


def _environment() -> dict[str, str]:
    """Nothing of ours: settings and secrets stay here. One thread a library, for the address space is counted."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
