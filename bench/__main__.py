"""Every bench of the house, one after the other: `python -m bench [--json]`. `python -m bench --list` says what there is.

Each is a program of its own, found by itself: `python -m bench.<name>`.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path


def benches() -> dict[str, str]:
    """Name of each program here, with the first line of what it says of itself."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
        source = path.read_text()
        if 'if __name__ == "__main__":' in source:
            found[path.stem] = (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]
    return found


def main() -> int:
    programs = benches()
    if "--list" in sys.argv:
        for name, about in programs.items():
            print(f"{name:<10} {about}")
        return 0
    ended = [subprocess.run([sys.executable, "-m", f"bench.{name}", *sys.argv[1:]], check=False).returncode for name in programs]
    return max(ended)


if __name__ == "__main__":
    sys.exit(main())
