"""`composition.render`: decode, compose and encode one scene in one pass, in memory, in all the sizes that are wanted."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import cv2

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.encoders import encoder
from libs.common.media.errors import Cancelled
from libs.common.media.render import Segment, SmallSegment
from libs.common.media.timeline import Cut
from libs.common.runtime.context import StepContext
from services.composition.drawing import Drawing, unknown_characters
from services.composition.executors.base import DeviceExecutor, Executor
from services.composition.executors.choose import choose_executor
from services.composition.feeds import Feeds, Views
from services.composition.frames import SegmentWriter, Slot
from services.composition.nvenc import codec_of
from services.composition.plan import ScenePlan
from services.composition.pump import Pump
from services.composition.recipe import FrameRecipe
from services.composition.settings import CompositionSettings
from services.composition.smaller import smaller_writers, written_smaller
from services.composition.theme import theme_of

Decoded = tuple[FrameRecipe, dict[int, Any]]


def render(cut: Cut, *, blobs: BlobStore, settings: CompositionSettings, context: StepContext) -> Segment:
    """Exactly `cut.length` frames, the first a key frame; of each smaller size that the cut names as many, from the same pictures.

    Raises InvalidInput for a source that cannot be read at all or an unknown name in the cut, Cancelled from the context. Damage in the
    middle of a source holds its last good frame, and the segment's notes say so.
    """
    cv2.setNumThreads(1)  # threads of its own cost more than they bring: segments run side by side
    begun_s = time.thread_time()
    executor, fallback = executor_of(settings)
    device = executor if isinstance(executor, DeviceExecutor) else None
    if device:
        device.warm_up()
    feeds = Feeds(plan := ScenePlan(cut, blobs), theme_of(cut), blobs, open_video=device.open_video if device else None)
    codec, no_codec = codec_of(settings)
    notes = [note for note in (fallback, no_codec) if note]
    if unknown := unknown_characters(cut):
        notes.append(f"no font here can draw: {unknown}")
    writer = SegmentWriter(cut.canvas, encoder(settings.encoder), codec)
    smaller = smaller_writers(cut.renditions, codec, settings)
    free: queue.Queue[Slot] = queue.Queue()
    for _ in range(settings.ring_frames + bool(smaller)):  # one more, for that which is being scaled
        free.put(Slot(cut.canvas))
    decoding = Pump(_decode(plan, feeds), depth=2, name="decode")
    composing = Pump(
        _compose(decoding, plan, Drawing(cut, plan.patches, blobs), executor, free), depth=settings.ring_frames, name="compose"
    )
    shrinking = Pump(written_smaller(composing, smaller), depth=1, name="shrink") if smaller else None
    pumps: tuple[Pump[Any], ...] = (decoding, composing) if shrinking is None else (decoding, composing, shrinking)
    try:
        for number, slot in enumerate(shrinking or composing, start=1):
            writer.write(slot)
            free.put(slot)
            context.progress(number / cut.length)
        video = writer.finish(cut.length)
        smaller_videos = [small.finish(cut.length) for small in smaller]
    except BaseException:
        _stop(pumps)
        writer.abandon()
        for small in smaller:
            small.abandon()
        raise
    finally:
        _stop(pumps)
        feeds.close()
    encode_cpu_s = time.thread_time() - begun_s
    smaller_cpu_s = shrinking.cpu_s if shrinking is not None else 0.0
    context.note(
        frames=cut.length,
        pixels=cut.length * sum(canvas.width_px * canvas.height_px for canvas in (cut.canvas, *(small.size.canvas for small in smaller))),
        cpu_s=decoding.cpu_s + composing.cpu_s + smaller_cpu_s + encode_cpu_s,
        decode_cpu_s=decoding.cpu_s,
        compose_cpu_s=composing.cpu_s,
        smaller_cpu_s=smaller_cpu_s,
        encode_cpu_s=encode_cpu_s,
        executor=executor.name,
        encoder=settings.encoder,
        codec=codec,
        segment_bytes=len(video),
        smaller_bytes={small.size.preset: len(data) for small, data in zip(smaller, smaller_videos, strict=True)},
        decoded=dict(feeds.served),
        **(device.figures() if device else {}),
    )
    return Segment(
        scene=cut.scene,
        video=store_content(blobs, "segments", video, "mp4"),
        canvas=cut.canvas,
        length=cut.length,
        executor=executor.name,
        encoder=settings.encoder,
        notes=(*notes, *feeds.notes),
        smaller=tuple(
            SmallSegment(
                preset=small.size.preset,
                video=store_content(blobs, "segments", data, "mp4"),
                canvas=small.size.canvas,
                encoder=small.encoder,
            )
            for small, data in zip(smaller, smaller_videos, strict=True)
        ),
    )


def executor_of(settings: CompositionSettings) -> tuple[Executor, str]:
    """The executor that these settings give on this machine, and why it is not the one that was asked for; looked for once."""
    with _choosing:  # a device is warmed up once, also where segments begin side by side
        return _chosen(settings)


_chosen = lru_cache(maxsize=4)(choose_executor)
_choosing = threading.Lock()


def _decode(plan: ScenePlan, feeds: Feeds) -> Iterator[Decoded]:
    for number in range(plan.cut.length):
        recipe = plan.frame(number)
        yield recipe, feeds.pictures(recipe)


def _compose(decoded: Pump[Decoded], plan: ScenePlan, drawing: Drawing, executor: Executor, free: queue.Queue[Slot]) -> Iterator[Slot]:
    device = executor if isinstance(executor, DeviceExecutor) else None
    views = Views(plan, device.prepare if device else None)
    ahead = min(device.ahead, free.qsize() - 2) if device else 0  # the encoder needs one, and the next frame
    begun: deque[tuple[Slot, Callable[[], None]]] = deque()
    for recipe, pictures in decoded:
        slot = _next_free(free, decoded)
        shown, patches = views.of(recipe, pictures), drawing.patches([stamp.patch for stamp in recipe.stamps])
        if device is None:
            executor.compose(slot.planes, recipe, views=shown, looks=plan.looks, patches=patches)
            yield slot
            continue
        begun.append((slot, device.begin(slot.planes, recipe, views=shown, looks=plan.looks, patches=patches)))
        if len(begun) > ahead:
            yield _finished(begun)
    while begun:
        yield _finished(begun)


def _finished(begun: deque[tuple[Slot, Callable[[], None]]]) -> Slot:
    slot, finish = begun.popleft()
    finish()
    return slot


def _stop(pumps: tuple[Pump[Any], ...]) -> None:
    """All at once, and wait for each: nothing draws or encodes after that."""
    for pump in pumps:
        pump.stopped.set()
    for pump in reversed(pumps):
        pump.close()


def _next_free(free: queue.Queue[Slot], decoded: Pump[Decoded]) -> Slot:
    """Waits for the encoder to give a slot back, but not for ever: the render may have been stopped."""
    while True:
        try:
            return free.get(timeout=0.1)
        except queue.Empty:
            if decoded.stopped.is_set():
                raise Cancelled("the render was stopped") from None
