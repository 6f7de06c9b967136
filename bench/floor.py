"""The physical limit of a render: decode each source frame once, encode each finished frame once, and nothing between."""

from __future__ import annotations

import time
from collections.abc import Iterable
from fractions import Fraction

from bench.composed import Packed, unpack
from libs.common.blobs.base import BlobStore
from libs.common.media.encoders import EncoderPreset
from libs.common.media.timeline import Canvas, Cut
from libs.common.runtime.containers import open_input
from services.composition.frames import SegmentWriter, Slot
from services.composition.plan import ScenePlan


def decode_cpu_s(cut: Cut, blobs: BlobStore) -> float:
    """CPU seconds to decode what the cut shows, by a plain loop: from the key frame before the first frame shown to the last one."""
    plan = ScenePlan(cut, blobs)
    spans: dict[int, list[Fraction]] = {}
    for number in range(cut.length):
        for feed, second in plan.frame(number).times:
            spans.setdefault(feed, []).append(second)
    begun_s = time.thread_time()
    for feed, seconds in spans.items():
        blob = plan.feeds[feed].media.blob
        assert blob is not None
        _decode(blobs, blob.key, min(seconds), max(seconds))
    return time.thread_time() - begun_s


def _decode(blobs: BlobStore, key: str, first: Fraction, last: Fraction) -> None:
    with blobs.open(key) as source, open_input(source, name=key) as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        stream.codec_context.thread_count = 1
        container.seek(int(first / stream.time_base), stream=stream, backward=True)
        for frame in container.decode(stream):
            assert frame.pts is not None
            if frame.pts * stream.time_base >= last:
                return


def encode_cpu_s(frames: Iterable[Packed], canvas: Canvas, preset: EncoderPreset) -> tuple[float, bytes]:
    """CPU seconds to encode finished frames as a segment, and the segment."""
    slot, count = Slot(canvas), 0
    begun_s = time.thread_time()
    writer = SegmentWriter(canvas, preset)
    spent_s = time.thread_time() - begun_s
    for frame in frames:
        unpack(frame, slot)
        begun_s = time.thread_time()
        writer.write(slot)
        spent_s += time.thread_time() - begun_s
        count += 1
    begun_s = time.thread_time()
    data = writer.finish(count)
    return spent_s + time.thread_time() - begun_s, data
