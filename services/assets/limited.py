"""Runs a program under resource limits: `python -I -S limited.py MEMORY CPU FILES FSIZE program argument…`.

A file of its own, run by path: limits have to be set after the fork and before the program, and doing that in the parent's copy
(`preexec_fn`) can deadlock where the parent has threads.
"""

import os
import resource
import sys


def main() -> None:
    memory_bytes, cpu_s, files, file_bytes = (int(value) for value in sys.argv[1:5])
    for kind, value in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))
    os.execv(sys.argv[5], sys.argv[5:])


if __name__ == "__main__":
    main()
