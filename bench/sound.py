"""What 30 seconds of music and the loudness meter cost, in CPU time of one process: `python -m bench.sound [--json]`."""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.report import figure
from services.composition.music import STYLES, compose
from services.composition.sound.aac import encode_aac
from services.composition.sound.limiter import limit
from services.composition.sound.loudness import integrated_lufs, true_peak_dbtp

SAMPLES = 30 * 48_000


def cpu_s(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return round(time.process_time() - started, 3)


def main() -> None:
    for name, style in STYLES.items():
        figure(f"music_{name}_30s_cpu_s", cpu_s(lambda style=style: compose(style, samples=SAMPLES, seed=1)), "s")  # type: ignore[misc]
    piece = compose(STYLES["warm_plucks"], samples=SAMPLES, seed=1)
    figure("loudness_30s_cpu_s", cpu_s(lambda: integrated_lufs(piece)), "s")
    figure("true_peak_30s_cpu_s", cpu_s(lambda: true_peak_dbtp(piece)), "s")
    figure("limiter_30s_cpu_s", cpu_s(lambda: limit(piece * 4, ceiling_dbtp=-1)), "s")
    figure("aac_192k_30s_cpu_s", cpu_s(lambda: encode_aac(piece, bitrate_bps=192_000)), "s")


if __name__ == "__main__":
    main()
