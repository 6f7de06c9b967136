"""`composition.render`: decode, compose and encode one scene in one pass, in memory."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from functools import lru_cache

import cv2

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.errors import Cancelled
from libs.common.media.render import Segment
from libs.common.media.timeline import Cut
from libs.common.runtime.context import StepContext
from services.composition.drawing import Drawing, unknown_characters
from services.composition.encoders import encoder
from services.composition.executors.base import Executor
from services.composition.executors.choose import choose_executor
from services.composition.feeds import Feeds, Views
from services.composition.frames import SegmentWriter, Slot
from services.composition.plan import ScenePlan
from services.composition.planes import Planes
from services.composition.pump import Pump
from services.composition.recipe import FrameRecipe
from services.composition.settings import CompositionSettings
from services.composition.theme import theme_of

Decoded = tuple[FrameRecipe, dict[int, Planes]]


def render(cut: Cut, *, blobs: BlobStore, settings: CompositionSettings, context: StepContext) -> Segment:
    """Exactly `cut.length` frames, the first a key frame.

    Raises InvalidInput for a source that cannot be read at all or an unknown name in the cut, Cancelled from the context. Damage in the
    middle of a source holds its last good frame, and the segment's notes say so.
    """
    cv2.setNumThreads(1)  # threads of its own cost more than they bring: segments run side by side
    begun_s = time.thread_time()
    executor, fallback = executor_of(settings)
    feeds, notes = Feeds(plan := ScenePlan(cut), theme_of(cut), blobs), [fallback] if fallback else []
    if unknown := unknown_characters(cut):
        notes.append(f"no font here can draw: {unknown}")
    writer = SegmentWriter(cut.canvas, encoder(settings.encoder))
    free: queue.Queue[Slot] = queue.Queue()
    for _ in range(settings.ring_frames):
        free.put(Slot(cut.canvas))
    decoding = Pump(_decode(plan, feeds), depth=2, name="decode")
    composing = Pump(
        _compose(decoding, plan, Drawing(cut, plan.patches, blobs), executor, free), depth=settings.ring_frames, name="compose"
    )
    try:
        for number, slot in enumerate(composing, start=1):
            writer.write(slot)
            free.put(slot)
            context.progress(number / cut.length)
        video = writer.finish(cut.length)
    except BaseException:
        writer.abandon()
        raise
    finally:
        decoding.stopped.set()
        composing.stopped.set()
        composing.close()
        decoding.close()
        feeds.close()
    encode_cpu_s = time.thread_time() - begun_s
    context.note(
        frames=cut.length,
        cpu_s=decoding.cpu_s + composing.cpu_s + encode_cpu_s,
        decode_cpu_s=decoding.cpu_s,
        compose_cpu_s=composing.cpu_s,
        encode_cpu_s=encode_cpu_s,
        executor=executor.name,
        encoder=settings.encoder,
        segment_bytes=len(video),
    )
    return Segment(
        scene=cut.scene,
        video=store_content(blobs, "segments", video, "mp4"),
        canvas=cut.canvas,
        length=cut.length,
        executor=executor.name,
        encoder=settings.encoder,
        notes=(*notes, *feeds.notes),
    )


@lru_cache(maxsize=4)
def executor_of(settings: CompositionSettings) -> tuple[Executor, str]:
    """The executor that these settings give on this machine, and why it is not the compiled one; looked for once."""
    return choose_executor(settings)


def _decode(plan: ScenePlan, feeds: Feeds) -> Iterator[Decoded]:
    for number in range(plan.cut.length):
        recipe = plan.frame(number)
        yield recipe, feeds.pictures(recipe)


def _compose(decoded: Pump[Decoded], plan: ScenePlan, drawing: Drawing, executor: Executor, free: queue.Queue[Slot]) -> Iterator[Slot]:
    views = Views(plan)
    for recipe, pictures in decoded:
        slot = _next_free(free, decoded)
        executor.compose(
            slot.planes,
            recipe,
            views=views.of(recipe, pictures),
            looks=plan.looks,
            patches=drawing.patches([stamp.patch for stamp in recipe.stamps]),
        )
        yield slot


def _next_free(free: queue.Queue[Slot], decoded: Pump[Decoded]) -> Slot:
    """Waits for the encoder to give a slot back, but not for ever: the render may have been stopped."""
    while True:
        try:
            return free.get(timeout=0.1)
        except queue.Empty:
            if decoded.stopped.is_set():
                raise Cancelled("the render was stopped") from None
