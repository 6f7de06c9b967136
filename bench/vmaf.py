"""VMAF of encoded frames against the frames that were meant: by libvmaf inside the ffmpeg program, its usual model (v0.6.1)."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterable
from typing import IO

import imageio_ffmpeg

from bench.composed import Packed
from libs.common.media.timeline import Canvas

EVERY = 4
"""Every fourth frame is scored: the mean moves by less than a tenth, the time falls to a third."""


def vmaf_scores(encoded: bytes, wanted: Iterable[Packed], canvas: Canvas) -> list[float]:
    """One score for each fourth frame, 0..100."""
    raw = f"-f rawvideo -pix_fmt yuv420p -s {canvas.width_px}x{canvas.height_px} -r {canvas.rate}".split()
    graph = (
        f"[0:v]setpts=N/({canvas.rate})/TB[distorted];[1:v]setpts=N/({canvas.rate})/TB[reference];"
        f"[distorted][reference]libvmaf=n_subsample={EVERY}:n_threads=2:log_fmt=json:log_path=/dev/stdout"
    )
    film = os.memfd_create("film")
    os.write(film, encoded)
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-v", "error", "-i", f"/proc/self/fd/{film}", *raw, "-i", "pipe:0"]
    argv += ["-lavfi", graph, "-f", "null", "-"]
    try:
        with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[film]) as program:
            assert program.stdin is not None
            assert program.stdout is not None
            feeder = threading.Thread(target=_feed, args=(program.stdin, wanted))
            feeder.start()
            log = program.stdout.read()
            feeder.join()
        if program.returncode != 0:
            raise SystemExit(f"ffmpeg ended with {program.returncode}")
    finally:
        os.close(film)
    return [frame["metrics"]["vmaf"] for frame in json.loads(log)["frames"]]


def _feed(pipe: IO[bytes], frames: Iterable[Packed]) -> None:
    with pipe as target:
        for frame in frames:
            target.write(frame.data)
