"""Encoder settings against each other: CPU time a frame, bits, VMAF, and what becomes of a dark gradient.

`python -m bench.frontier [--json] [name ...]`. The composed frames of three standard shots (filled, over a blurred copy, with a price
tag), the first 60 of each, are encoded with every candidate in turn. VMAF does not see banding and blocks in dark gradients, so a dark card
is encoded too: the last column is how far the mean of its worst 16 x 16 block is off, in 8-bit levels.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass, field
from itertools import islice
from statistics import fmean

import cv2
import numpy as np

from bench import floor
from bench.composed import Packed, composed
from bench.report import JSON_FLAG, arguments, figure
from bench.standard import CANVAS, SHOTS, standard
from bench.vmaf import vmaf_scores
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.encoders import ENCODERS, EncoderPreset
from libs.common.media.footage import Media, MediaKind
from libs.common.media.timeline import Clip, Cut, Motion
from libs.common.runtime.containers import open_input
from services.composition.settings import CompositionSettings

FRAMES = 60
CHOSEN_SHOTS = (1, 2, 6)
DARK_FRAMES = 30
BLOCK_PX = 16
_ULTRA = "cabac=1:no-deblock=0:8x8dct=1:bframes=3:b-adapt=0:partitions=i8x8,i4x4"


def _candidate(speed: str, crf: int, params: str = "bframes=3") -> EncoderPreset:
    return EncoderPreset(name=f"{speed} crf {crf} {params.replace(_ULTRA, '…')}", title="", speed=speed, crf=crf, params=params)


CANDIDATES = (
    *ENCODERS.values(),
    _candidate("ultrafast", 23, "aq-mode=0"),
    _candidate("ultrafast", 23, f"{_ULTRA}:subme=1"),
    _candidate("ultrafast", 22, f"{_ULTRA}:subme=2"),
    _candidate("ultrafast", 22, f"{_ULTRA}:subme=2:aq-mode=1:aq-strength=0.8"),
    _candidate("superfast", 23, "b-adapt=0:aq-mode=0"),
    _candidate("superfast", 23, "b-adapt=0:aq-strength=0.5"),
    _candidate("superfast", 23, "b-adapt=0:aq-mode=3:aq-strength=0.6"),
    _candidate("superfast", 23, "b-adapt=0"),
    _candidate("superfast", 23),
    _candidate("superfast", 22, "b-adapt=0:aq-strength=0.8"),
    _candidate("superfast", 24, "b-adapt=0:aq-strength=0.8"),
    _candidate("veryfast", 23, "mbtree=0:rc-lookahead=0"),
    _candidate("veryfast", 21),
    _candidate("veryfast", 23),
    _candidate("medium", 21),
)
"""The presets, and their neighbours."""


@dataclass(slots=True)
class Point:
    """What is known of a candidate so far."""

    cpu_s: float = 0.0
    size_bytes: int = 0
    frames: int = 0
    vmaf: list[float] = field(default_factory=list)
    dark_levels: float = 0.0

    def add(self, frames: list[Packed], preset: EncoderPreset) -> None:
        cpu_s, data = floor.encode_cpu_s(frames, CANVAS, preset)
        self.cpu_s, self.size_bytes, self.frames = self.cpu_s + cpu_s, self.size_bytes + len(data), self.frames + len(frames)
        self.vmaf += vmaf_scores(data, frames, CANVAS)

    @property
    def ms(self) -> float:
        return 1_000 * self.cpu_s / self.frames

    @property
    def mbps(self) -> float:
        return self.size_bytes * 8e-6 * float(CANVAS.rate) / self.frames


def dark_card() -> list[Packed]:
    """A card in a very dark colour, drifting."""
    clip = Clip(media=Media(kind=MediaKind.card), start=0, length=DARK_FRAMES, source_start=None, motion=Motion(zoom_from=1.2, zoom_to=1.3))
    cut = Cut(
        scene=0,
        canvas=CANVAS,
        length=DARK_FRAMES,
        clips=(clip,),
        transition=None,
        captions=(),
        caption_style="karaoke",
        primary="#202840",
        secondary="#0A0C12",
    )
    return list(composed(cut, blobs=MemoryBlobStore(), settings=CompositionSettings()))


def worst_block(encoded: bytes, wanted: list[Packed]) -> float:
    """The largest distance of a block's mean luma from what was meant, in levels, over all frames but the first."""
    with open_input(io.BytesIO(encoded), name="the card") as container:
        got = [frame.to_ndarray(format="yuv420p") for frame in container.decode(video=0)]
    size = (CANVAS.width_px // BLOCK_PX, CANVAS.height_px // BLOCK_PX)
    worst = 0.0
    for found, meant in list(zip(got, wanted, strict=True))[1:]:
        error = found[: CANVAS.height_px].astype(np.float32) - meant[: CANVAS.height_px]
        worst = max(worst, float(np.abs(cv2.resize(error, size, interpolation=cv2.INTER_AREA)).max()))
    return worst


def main() -> None:
    wanted = arguments()
    candidates = [preset for preset in CANDIDATES if not wanted or preset.name in wanted]
    points = {preset.name: Point() for preset in candidates}
    blobs, settings = MemoryBlobStore(), CompositionSettings()
    cuts = standard(blobs, SHOTS)
    for shot in CHOSEN_SHOTS:
        frames = list(islice(composed(cuts[shot], blobs=blobs, settings=settings), FRAMES))
        for preset in candidates:
            points[preset.name].add(frames, preset)
    dark = dark_card()
    for preset in candidates:
        points[preset.name].dark_levels = worst_block(floor.encode_cpu_s(dark, CANVAS, preset)[1], dark)
    _print(points)


def _print(points: dict[str, Point]) -> None:
    """A Markdown table, or with `--json` a line a figure."""
    if JSON_FLAG in sys.argv:
        for name, point in points.items():
            figure(f"{name} | cpu", point.ms, "CPU ms/frame")
            figure(f"{name} | rate", point.mbps, "Mb/s")
            figure(f"{name} | vmaf", fmean(point.vmaf), "mean")
            figure(f"{name} | vmaf_min", min(point.vmaf))
            figure(f"{name} | dark", point.dark_levels, "levels, worst block of a dark card")
        return
    print("| setting | CPU ms/frame | Mb/s | VMAF mean | VMAF min | dark card, levels |\n|---|---|---|---|---|---|")
    for name, point in points.items():
        print(f"| {name} | {point.ms:.1f} | {point.mbps:.2f} | {fmean(point.vmaf):.1f} | {min(point.vmaf):.1f} | {point.dark_levels:.1f} |")


if __name__ == "__main__":
    main()
