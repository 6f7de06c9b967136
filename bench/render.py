"""The picture and sound of the standard timeline: what each part costs, how far above the physical limit that is, and what others take.

`python -m bench.render [--quick] [--json]`. Shots are rendered in a worker process of their own, in turn with the floor of the same shot,
so that a busy machine weighs on both. `--quick`: two shots, and no other programs.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import fmean

from bench import floor
from bench.composed import composed
from bench.peers import ffmpeg_graph
from bench.peers.moviepy import MOVIEPY_FRAMES, moviepy_cpu_s
from bench.peers.sound import write_sound
from bench.report import arguments, figure
from bench.standard import FRAMES, SHOTS, sound, standard
from bench.vmaf import vmaf_scores
from bench.worker import STAGES, Finished, Rendered, finish, fresh_worker, render_scene
from libs.common.blobs.local import LocalBlobStore
from libs.common.media.encoders import encoder
from libs.common.media.timeline import Cut
from services.composition.render import executor_of
from services.composition.settings import CompositionSettings

QUICK = "--quick"
QUICK_SHOTS = 2


class Measured:
    """The whole timeline, shot by shot."""

    def __init__(self) -> None:
        self.rendered: list[Rendered] = []
        self.decode_s: list[float] = []
        self.encode_s: list[float] = []
        self.vmaf: list[float] = []
        self.frames = 0

    def shot(self, cut: Cut, rendered: Rendered, blobs: LocalBlobStore, settings: CompositionSettings) -> None:
        """The floor and the quality of a shot that was just rendered."""
        frames = list(composed(cut, blobs=blobs, settings=settings))
        self.decode_s.append(floor.decode_cpu_s(cut, blobs))
        encode_s, encoded = floor.encode_cpu_s(frames, cut.canvas, encoder(settings.encoder))
        made = blobs.get(rendered.segment.video.key)
        if made != encoded:
            raise SystemExit(f"shot {cut.scene}: the floor did not encode what the render did")
        self.encode_s.append(encode_s)
        self.vmaf += vmaf_scores(made, frames, cut.canvas)
        self.rendered.append(rendered)
        self.frames += cut.length

    @property
    def floor_s(self) -> float:
        return sum(self.decode_s) + sum(self.encode_s)

    @property
    def picture_s(self) -> float:
        return sum(rendered.cpu_s for rendered in self.rendered)


def main() -> None:
    quick = QUICK in arguments()
    settings, measured = CompositionSettings(), Measured()
    figure("executor", executor_of(settings)[0].name)
    figure("encoder", settings.encoder)
    with tempfile.TemporaryDirectory(prefix="reelsmith-bench-") as folder, fresh_worker() as worker:
        blobs = LocalBlobStore(Path(folder))
        cuts = standard(blobs, QUICK_SHOTS if quick else SHOTS)
        for cut in cuts:
            rendered = worker.submit(render_scene, Path(folder), cut, settings).result()
            measured.shot(cut, rendered, blobs, settings)
        segments = tuple(rendered.segment for rendered in measured.rendered)
        finished = worker.submit(finish, Path(folder), sound(blobs, cuts), segments).result()
        ours_s = _report(measured, finished)
        if not quick:
            _others(blobs, cuts, settings, ours_s)


def _report(measured: Measured, finished: Finished) -> float:
    """Print our own figures; returns `cpu_s`."""
    for stage in STAGES:
        figure(f"{stage}_cpu_s", sum(rendered.stages[stage] for rendered in measured.rendered), "CPU s")
    figure("picture_cpu_s", measured.picture_s, "CPU s, the whole worker process")
    figure("sound_cpu_s", finished.sound_cpu_s, "CPU s")
    figure("mux_cpu_s", finished.mux_cpu_s, "CPU s")
    ours_s = measured.picture_s + finished.sound_cpu_s + finished.mux_cpu_s
    figure("cpu_s", ours_s, f"CPU s, {measured.frames} frames with sound")
    figure("floor_decode_cpu_s", sum(measured.decode_s), "CPU s")
    figure("floor_encode_cpu_s", sum(measured.encode_s), "CPU s")
    figure("floor_ratio", measured.picture_s / measured.floor_s, "x, picture over decode-only and encode-only")
    figure("vmaf", fmean(measured.vmaf), "mean of every fourth frame, against the composed frames")
    figure("vmaf_min", min(measured.vmaf))
    figure("bitrate_mbps", finished.master.video.size_bytes * 8e-6 / float(finished.master.length.seconds), "Mb/s, with sound")
    figure("peak_rss_mb", max(rendered.peak_rss_mb for rendered in measured.rendered), "MB, a fresh worker that renders")
    figure("scene_wall_s", fmean(rendered.wall_s for rendered in measured.rendered), "s, one scene in one worker")
    return ours_s


def _others(blobs: LocalBlobStore, cuts: tuple[Cut, ...], settings: CompositionSettings, ours_s: float) -> None:
    """The same timeline by other programs, at the same encoder settings."""
    with tempfile.TemporaryDirectory(prefix="reelsmith-bench-") as name:
        folder = Path(name)
        voice, music = write_sound(folder, sound(blobs, cuts), blobs)
        ffmpeg_s = ffmpeg_graph.cpu_s(folder, cuts, encoder(settings.encoder), voice, music)
        figure("ffmpeg_cpu_s", ffmpeg_s, "CPU s, one filter graph from the original clips")
        figure("ffmpeg_ratio", ffmpeg_s / ours_s, "x, CPU of ffmpeg over ours")
        moviepy_s = moviepy_cpu_s(folder)
        figure("moviepy_cpu_s", moviepy_s, f"CPU s, extrapolated from {MOVIEPY_FRAMES} frames of two shots to {FRAMES}")
        figure("moviepy_ratio", moviepy_s / ours_s, f"x, CPU of MoviePy (extrapolated from {MOVIEPY_FRAMES} frames) over ours")


if __name__ == "__main__":
    main()
