"""Milliseconds a frame of every effect alone, and of a stack of six, at 1080 x 1920, against the time that memory alone would take.

`python -m bench.effects [--json] [frames]`. The CPU's figures are CPU time of one thread; where there is a CUDA device, the same follows
for it as `effects_cuda_…`: time of the device, and for the stack also the time between finished frames in the encoder's memory.
"""

from __future__ import annotations

import io
import platform
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image

from bench.report import arguments, figure
from bench.standard import CANVAS, logo_png
from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.footage import Media, MediaKind
from libs.common.media.timeline import Clip, Cut, Effect, Motion, Overlay, OverlayKind, Transition
from services.composition.drawing import Drawing as Drawings
from services.composition.effects import CATALOGUE
from services.composition.executors.base import Executor, Patch
from services.composition.executors.choose import choose_executor
from services.composition.feeds import Feeds, Views
from services.composition.plan import ScenePlan
from services.composition.planes import Planes, blank
from services.composition.recipe import FrameRecipe
from services.composition.settings import CompositionSettings, Drawing
from services.composition.theme import theme_of

if TYPE_CHECKING:
    from services.composition.executors.torch_executor import TorchExecutor

FRAMES = 24
STACK_FRAMES = 200
SOURCE = (1134, 2016)
"""Pixels of the picture: a little larger than the canvas, as a move needs it."""
WARM = 2
"""Frames of each kind that are not counted: they make what is kept afterwards."""
FRAME_BYTES = CANVAS.width_px * CANVAS.height_px * 3 // 2
COPY_BYTES = 64 << 20
BLOBS = MemoryBlobStore()


@dataclass(frozen=True, slots=True)
class Frame:
    """All that an executor is given for one frame."""

    recipe: FrameRecipe
    views: Mapping[int, Any]
    looks: list[Any]
    patches: Mapping[int, Patch]


def picture(seed: int) -> Media:
    """Dead leaves, as in photographs, with grain."""
    rng = np.random.default_rng(seed)
    rgb = np.zeros((SOURCE[1], SOURCE[0], 3), np.uint8)
    for _ in range(700):
        at = (int(rng.integers(0, SOURCE[0])), int(rng.integers(0, SOURCE[1])))
        cv2.circle(rgb, at, int(min(400, 26 / (rng.random() + 0.03))), tuple(int(c) for c in rng.integers(10, 245, 3)), -1, cv2.LINE_AA)
    grainy = np.clip(cv2.GaussianBlur(rgb, (0, 0), 1.2) + rng.normal(0, 1.5, rgb.shape), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grainy).save(out, "PNG", compress_level=1)
    blob = store_content(BLOBS, "images", out.getvalue(), "png")
    return Media(kind=MediaKind.image, blob=blob, width_px=SOURCE[0], height_px=SOURCE[1])


def alone(name: str, media: Media, length: int) -> Cut:
    clip = Clip(media=media, start=0, length=length, source_start=None, effects=(Effect(name=name, params={}),))
    return Cut(scene=0, canvas=CANVAS, length=length, clips=(clip,), transition=None, captions=(), caption_style="karaoke")


def stack_of_six(media: Media, other: Media, length: int) -> Cut:
    """Grade, vignette and warmth on a slow move, a transition over all of it, a caption and a logo."""
    effects = tuple(Effect(name=name, params={}) for name in ("grade", "vignette", "warm"))
    clips = [Clip(media=m, start=0, length=length, source_start=None, motion=Motion(zoom_to=1.08), effects=effects) for m in (media, other)]
    words = tuple(CaptionWord(text=text, start=10 * k, length=10) for k, text in enumerate(("早上", "倒进", "热水", "晚上", "还烫")))
    logo = store_content(BLOBS, "logos", logo_png(), "png")
    return Cut(
        scene=1,
        canvas=CANVAS,
        length=length,
        clips=(clips[0],),
        transition=Transition(name="crossfade", length=length, outgoing=clips[1]),
        captions=(Caption(start=0, length=length, words=words),),
        caption_style="karaoke",
        overlays=(Overlay(kind=OverlayKind.logo, start=0, length=length, image=logo),),
    )


def frames(cut: Cut, prepare: Callable[..., Any] | None) -> Iterator[Frame]:
    plan = ScenePlan(cut)
    feeds, views, drawings = Feeds(plan, theme_of(cut), BLOBS), Views(plan, prepare), Drawings(cut, plan.patches, BLOBS)
    for number in range(cut.length):
        recipe = plan.frame(number)
        patches = drawings.patches([stamp.patch for stamp in recipe.stamps])
        yield Frame(recipe, views.of(recipe, feeds.pictures(recipe)), plan.looks, patches)


def on_cpu_ms(cut: Cut, executor: Executor, target: Planes) -> list[float]:
    spent = []
    for frame in frames(cut, None):
        begun_s = time.thread_time()
        executor.compose(target, frame.recipe, views=frame.views, looks=frame.looks, patches=frame.patches)
        spent.append(1000 * (time.thread_time() - begun_s))
    return spent[WARM:]


def on_cuda_ms(cut: Cut, executor: TorchExecutor, target: Planes) -> tuple[list[float], list[float]]:
    """Of the device alone, and from one finished frame to the next with everything under way at once."""
    import torch

    drawn, finished, under_way, last_s = [], [], list[Callable[[], None]](), 0.0
    for frame in frames(cut, executor.prepare):
        begun, ended = (torch.cuda.Event(enable_timing=True) for _ in range(2))  # type: ignore[no-untyped-call]
        with executor.computing():
            begun.record()
            executor.draw((target.width, target.height), frame.recipe, views=frame.views, looks=frame.looks, patches=frame.patches)
            ended.record()
        ended.synchronize()
        drawn.append(float(begun.elapsed_time(ended)))
    for frame in frames(cut, executor.prepare):
        under_way.append(executor.begin(target, frame.recipe, views=frame.views, looks=frame.looks, patches=frame.patches))
        if len(under_way) > executor.ahead:
            under_way.pop(0)()
            now_s = time.perf_counter()
            finished.append(1000 * (now_s - last_s))
            last_s = now_s
    return drawn[WARM:], finished[WARM:]


def copy_bytes_per_s() -> float:
    """Bytes read and written in a second of copying."""
    source, target = np.zeros(COPY_BYTES, np.uint8), np.ones(COPY_BYTES, np.uint8)
    spent = []
    for _ in range(5):
        begun_s = time.thread_time()
        np.copyto(target, source)
        spent.append(time.thread_time() - begun_s)
    return 2 * COPY_BYTES / min(spent)


def cuda_copy_bytes_per_s() -> float:
    import torch

    source = torch.zeros(8 * COPY_BYTES, dtype=torch.uint8, device="cuda")
    target, spent = torch.empty_like(source), []
    for _ in range(5):
        torch.cuda.synchronize()
        begun_s = time.perf_counter()
        target.copy_(source)
        torch.cuda.synchronize()
        spent.append(time.perf_counter() - begun_s)
    return 2 * source.nbytes / min(spent)


def report(prefix: str, unit: str, measure: Callable[[Cut], list[float]], bandwidth: float, count: int) -> None:
    """`effects_slowest_ms` is the slowest median. The floor reads a source and writes a frame; the stack's reads two."""
    media, other = picture(1), picture(2)
    slowest = ("", 0.0)
    for name in CATALOGUE:
        spent = measure(alone(name, media, count + WARM))
        median = float(np.median(spent))
        figure(f"{prefix}_{name}_ms", median, unit)
        figure(f"{prefix}_{name}_p99_ms", float(np.percentile(spent, 99)), unit)
        slowest = max(slowest, (name, median), key=lambda found: found[1])
    figure(f"{prefix}_slowest", slowest[0])
    figure(f"{prefix}_slowest_ms", slowest[1], unit)
    spent = measure(stack_of_six(media, other, STACK_FRAMES + WARM))
    figure(f"{prefix}_stack_of_six_ms", float(np.median(spent)), unit)
    figure(f"{prefix}_stack_of_six_p99_ms", float(np.percentile(spent, 99)), unit)
    figure(f"{prefix}_floor_ms", 1000 * 2 * FRAME_BYTES / bandwidth, unit)
    figure(f"{prefix}_stack_of_six_floor_ms", 1000 * 3 * FRAME_BYTES / bandwidth, unit)


def processor() -> str:
    """The CPU's name as Linux tells it."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def main() -> None:
    cv2.setNumThreads(1)
    count = int(next(iter(arguments()), FRAMES))
    target = blank(CANVAS.width_px, CANVAS.height_px)
    executor, _ = choose_executor(CompositionSettings(device="cpu"))
    figure("effects_device", f"{processor()}, one core, {executor.name}")
    report("effects", "CPU ms/frame", lambda cut: on_cpu_ms(cut, executor, target), copy_bytes_per_s(), count)
    found, reason = choose_executor(CompositionSettings(executor=Drawing.torch))
    if found.name != "torch-cuda":
        figure("effects_cuda_device", f"none: {reason}")
        return
    cuda: Any = found
    cuda.warm_up()
    figure("effects_cuda_device", f"{cuda.figures()['device']}, {cuda.figures()['drawing']}")
    report("effects_cuda", "ms/frame", lambda cut: on_cuda_ms(cut, cuda, target)[0], cuda_copy_bytes_per_s(), count)
    whole = on_cuda_ms(stack_of_six(picture(1), picture(2), STACK_FRAMES + WARM), cuda, target)[1]
    figure("effects_cuda_stack_of_six_finished_ms", float(np.median(whole)), "ms/frame")


if __name__ == "__main__":
    main()
