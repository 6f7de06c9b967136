"""A child process has only what it was given, and no longer than it was given it."""

from __future__ import annotations

import sys

import pytest

from services.assets.child import memory_file, run_limited
from services.assets.limits import ChildLimits


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_it_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELSMITH_SECRET", "hidden")

    ended = run_limited(
        python("import os; print(sorted(name for name in os.environ if 'REEL' in name or 'AWS' in name))"), limits=ChildLimits()
    )

    assert (ended.code, ended.output) == (0, b"[]\n")


def test_it_cannot_write_files() -> None:
    ended = run_limited(python("import os; os.write(os.memfd_create('x'), b'data')"), limits=ChildLimits(file_bytes=0))

    assert ended.code != 0


def test_it_reads_the_files_it_was_given() -> None:
    with memory_file(b"hello") as file:
        ended = run_limited(python(f"print(open('/proc/self/fd/{file.fileno()}').read())"), limits=ChildLimits(), files=[file])

    assert ended.output == b"hello\n"


def test_memory_beyond_its_limit_is_not_there() -> None:
    assert run_limited(python("bytearray(1 << 30)"), limits=ChildLimits(memory_bytes=256 << 20)).code != 0


@pytest.mark.parametrize(
    ("program", "limits"),
    [("import time; time.sleep(60)", ChildLimits(wall_s=0.3)), ("while True: pass", ChildLimits(cpu_s=1))],
)
def test_time_ends(program: str, limits: ChildLimits) -> None:
    assert run_limited(python(program), limits=limits).timed_out


def test_its_children_end_with_it() -> None:
    program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"

    assert run_limited(python(program), limits=ChildLimits(wall_s=0.5)).timed_out


def test_endless_output_is_cut() -> None:
    ended = run_limited(python("while True: print('x' * 1000)"), limits=ChildLimits(output_bytes=5_000))

    assert len(ended.output) == 5_000
    assert ended.code != 0


def test_many_messages_do_not_stop_it() -> None:
    ended = run_limited(python("import sys\nfor _ in range(20000): sys.stderr.write('x' * 50)\nprint('done')"), limits=ChildLimits())

    assert ended.output == b"done\n"
    assert len(ended.messages) <= 64_000
