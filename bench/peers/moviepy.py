"""What MoviePy takes for the standard timeline, from a run of a few frames: it makes about two frames a second."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.standard import FRAMES

MOVIEPY_FRAMES = 72


def moviepy_cpu_s(folder: Path) -> float:
    """CPU seconds for all frames, had each taken as long as those that were made."""
    argv = [sys.executable, "-m", "bench.peers.moviepy_run", str(folder), str(MOVIEPY_FRAMES)]
    ran = json.loads(subprocess.run(argv, check=True, stdout=subprocess.PIPE).stdout)
    return float(ran["cpu_s"]) * FRAMES / int(ran["frames"])
