"""CPU time a frame of the picture: decode, compose and encode, and the floor (decode and encode alone) in the same run.

`python -m bench.render [--json] [seconds]`: scenes at 1080 x 1920 over mezzanines that are made here, in turn with the floor, so that a
busy machine weighs on both.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from fractions import Fraction

import av
import cv2
import numpy as np

from bench.report import arguments, figure
from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.footage import Media, MediaKind
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas, Clip, Cut, Effect, Motion, Overlay, OverlayKind, Transition
from libs.common.runtime.containers import open_output
from libs.common.runtime.context import RecordingContext
from services.composition.cut import GRADES, VIGNETTE
from services.composition.encoders import encoder
from services.composition.frames import SegmentWriter, Slot, VideoReader
from services.composition.planes import from_rgb
from services.composition.render import executor_of, render
from services.composition.settings import CompositionSettings

RATE = Fraction(30)
CANVAS = Canvas(width_px=1080, height_px=1920, rate=RATE)
OVERLAP = 12
OVERLAYS = (OverlayKind.heading, OverlayKind.price_tag, OverlayKind.logo, OverlayKind.label)
MEZZANINE = {"preset": "veryfast", "crf": "18", "tune": "fastdecode", "g": "30"}
"""As ingest makes them."""


def footage(seed: int, frames: int) -> bytes:
    """A dead-leaves scene (sizes fall off as in photographs) that drifts, with sensor grain."""
    rng = np.random.default_rng(seed)
    width, height = CANVAS.width_px, CANVAS.height_px
    scene = np.zeros((height * 5 // 4, width * 5 // 4, 3), np.uint8)
    for _ in range(700):
        radius = int(min(420, 26 / (rng.random() + 0.03)))
        at = (int(rng.integers(0, scene.shape[1])), int(rng.integers(0, scene.shape[0])))
        cv2.circle(scene, at, radius, tuple(int(level) for level in rng.integers(10, 245, 3)), -1, cv2.LINE_AA)
    scene = np.asarray(cv2.GaussianBlur(scene, (0, 0), 1.6), np.uint8)
    target = io.BytesIO()
    container = open_output(target)
    stream = container.add_stream("libx264", rate=30, options=MEZZANINE)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    for number in range(frames):
        shift = np.array([[1, 0, -100 - 60 * np.sin(number / 40)], [0, 1, -150 - 80 * np.cos(number / 50)]], np.float32)
        picture = np.asarray(cv2.warpAffine(scene, shift, (width, height)), np.float32)
        grain = np.tile(rng.normal(0, 1.2, (240, 270, 1)).astype(np.float32), (8, 4, 1))
        planes = from_rgb(np.asarray(np.clip(picture + grain, 0, 255), np.float32))
        packed = np.concatenate([plane.reshape(-1) for plane in planes.all()]).reshape(height * 3 // 2, width)
        frame = av.VideoFrame.from_ndarray(packed, format="yuv420p")
        frame.pts = number
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
    container.close()
    return target.getvalue()


def scene(number: int, frames: int, media: Media, before: Media) -> Cut:
    """What a usual scene has: a move, a grade, a transition, captions with a spoken word every third of a second, four overlays."""
    effects = (Effect(name="grade", params=dict(GRADES["warm"])), Effect(name="vignette", params=dict(VIGNETTE)))  # type: ignore[index]
    start = RationalTime(0, RATE)
    clip = Clip(media=media, start=0, length=frames, source_start=start, motion=Motion(zoom_to=1.06), effects=effects)
    outgoing = Clip(
        media=before, start=0, length=OVERLAP, source_start=RationalTime(frames, RATE), motion=Motion(zoom_from=1.06, zoom_to=1.06)
    )
    texts = ("早上", "倒进", "热水", "晚上", "还烫")
    captions = tuple(
        Caption(start=at, length=50, words=tuple(CaptionWord(text=text, start=at + 10 * k, length=10) for k, text in enumerate(texts)))
        for at in range(0, frames - 49, 50)
    )
    overlays = tuple(
        Overlay(kind=kind, start=0, length=frames if kind is not OverlayKind.heading else 75, text="¥199") for kind in OVERLAYS
    )
    transition = Transition(name=("crossfade", "slide", "zoom")[number % 3], length=OVERLAP, outgoing=outgoing) if number else None
    return Cut(
        scene=number,
        canvas=CANVAS,
        length=frames,
        clips=(clip,),
        transition=transition,
        captions=captions,
        caption_style="karaoke",
        overlays=overlays,
    )


def floor(data: bytes, frames: int, preset: str) -> tuple[float, float]:
    """CPU seconds to decode the frames, and to encode them again as they are."""
    reader, decode_s, encode_s = VideoReader(io.BytesIO(data), start=Fraction(0), name="the clip"), 0.0, 0.0
    writer, slot = SegmentWriter(CANVAS, encoder(preset)), Slot(CANVAS)
    for number in range(frames):
        begun_s = time.thread_time()
        planes = reader.at(number / RATE)
        decode_s += time.thread_time() - begun_s
        for mine, its in zip(slot.planes.all(), planes.all(), strict=True):
            mine[:] = its
        begun_s = time.thread_time()
        writer.write(slot)
        encode_s += time.thread_time() - begun_s
    begun_s = time.thread_time()
    writer.finish(frames)
    reader.close()
    return decode_s, encode_s + time.thread_time() - begun_s


def runs(seconds: int) -> Iterator[dict[str, float]]:
    """One for each scene of three seconds: CPU milliseconds a frame."""
    settings, blobs, frames = CompositionSettings(), MemoryBlobStore(), 90
    figure("executor", executor_of(settings)[0].name)
    figure("encoder", settings.encoder)
    sources = [footage(seed, frames + OVERLAP) for seed in range(3)]
    media = [
        Media(
            kind=MediaKind.video,
            blob=store_content(blobs, "clips", data, "mp4"),
            width_px=CANVAS.width_px,
            height_px=CANVAS.height_px,
            length=RationalTime(frames + OVERLAP, RATE),
        )
        for data in sources
    ]
    for number in range(max(2, seconds * 30 // frames)):
        context = RecordingContext()
        began_s = time.perf_counter()
        render(scene(number, frames, media[number % 3], media[(number - 1) % 3]), blobs=blobs, settings=settings, context=context)
        wall_s = time.perf_counter() - began_s
        decode_s, encode_s = floor(sources[number % 3], frames, settings.encoder)
        stages = {name: context.figures[f"{name}_cpu_s"] for name in ("decode", "compose", "encode")}
        found = stages | {"total": context.figures["cpu_s"], "floor decode": decode_s, "floor encode": encode_s, "wall": wall_s}
        yield {name: value / frames * 1000 for name, value in found.items()}


def main() -> None:
    seconds = int(next(iter(arguments()), "12"))
    measured = list(runs(seconds))[1:]  # the first one opens fonts and codecs
    middle = {name: float(np.median([run[name] for run in measured])) for name in measured[0]}
    for name in ("decode", "compose", "encode", "total"):
        figure(f"render {name}", middle[name], "CPU ms/frame")
    below = middle["floor decode"] + middle["floor encode"]
    figure("floor decode", middle["floor decode"], "CPU ms/frame")
    figure("floor encode", middle["floor encode"], "CPU ms/frame")
    figure("floor total", below, "CPU ms/frame")
    figure("render over floor", middle["total"] / below, "x")
    figure("render wall of one scene", middle["wall"], "ms/frame")


if __name__ == "__main__":
    main()
