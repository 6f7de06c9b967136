"""`python -m bench`: every bench of the house, one after the other. Each is a program of its own: `python -m bench.<name> [--json]`."""

from __future__ import annotations

import subprocess
import sys

BENCHES = ("render", "sound", "e2e")


def main() -> int:
    ended = [subprocess.run([sys.executable, "-m", f"bench.{name}", *sys.argv[1:]], check=False).returncode for name in BENCHES]
    return max(ended)


if __name__ == "__main__":
    sys.exit(main())
