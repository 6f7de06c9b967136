"""Segments and soundtrack to one master by stream copy: nothing is encoded a second time, no time stamp is rounded."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import accumulate

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.edit import Arrangement
from libs.common.media.errors import Defect
from libs.common.media.render import Master, Segment
from libs.common.media.sound import Soundtrack
from libs.common.media.storyboard import Storyboard
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas
from libs.common.runtime.context import StepContext
from services.encoding.join import Piece, joined
from services.encoding.labels import aigc_value, produce_id
from services.encoding.poster import poster_jpeg


def assemble(
    storyboard: Storyboard,
    segments: tuple[Segment, ...],
    soundtrack: Soundtrack,
    *,
    blobs: BlobStore,
    content_producer: str | None,
    context: StepContext,
) -> Master:
    """Join the scenes. Raises Defect where they do not fit each other, the storyboard or the soundtrack to the frame."""
    planned = tuple(scene.index for scene in storyboard.scenes)
    return _assembled(storyboard.title, planned, segments, soundtrack, blobs=blobs, content_producer=content_producer, context=context)


def assemble_edit(
    arrangement: Arrangement,
    segments: tuple[Segment, ...],
    soundtrack: Soundtrack,
    *,
    blobs: BlobStore,
    content_producer: str | None,
    context: StepContext,
) -> Master:
    """The same for the pieces of an edit, and its poster. Another title makes no other content: the label does not count it in, and the
    poster is not looked for again."""
    planned = tuple(cut.scene for cut in arrangement.cuts)
    master = _assembled("", planned, segments, soundtrack, blobs=blobs, content_producer=content_producer, context=context)
    with blobs.open(master.video.key) as video:
        poster = poster_jpeg(video, arrangement.cuts)
    return replace(master, poster=store_content(blobs, "posters", poster, "jpg"))


def _assembled(
    title: str,
    planned: tuple[int, ...],
    segments: tuple[Segment, ...],
    soundtrack: Soundtrack,
    *,
    blobs: BlobStore,
    content_producer: str | None,
    context: StepContext,
) -> Master:
    started = time.thread_time()
    canvas = _common_canvas(planned, segments)
    starts = tuple(accumulate((segment.length for segment in segments), initial=0))
    length = RationalTime(starts[-1], canvas.rate)
    if length.seconds != soundtrack.length.seconds:
        detail = f"the picture lasts {length.seconds} s, the sound {soundtrack.length.seconds} s"
        raise Defect(detail, code="assemble.length")
    aigc = None
    if content_producer is not None:
        aigc = aigc_value(content_producer, produce_id(title, *(s.video.key for s in segments), soundtrack.audio.key))
    pieces = tuple(Piece(segment.scene, segment.video, segment.canvas, segment.length) for segment in segments)
    data, found = joined(pieces, soundtrack, name="the master", step="assemble", aigc=aigc, blobs=blobs, context=context)
    context.note(cpu_s=round(time.thread_time() - started, 3), size_bytes=len(data), av_offset_ms=found.av_offset_ms, frames=found.frames)
    return Master(
        video=store_content(blobs, "masters", data, "mp4"),
        canvas=canvas,
        length=length,
        scene_starts=starts[:-1],
        av_offset_ms=found.av_offset_ms,
    )


def _common_canvas(planned: tuple[int, ...], segments: tuple[Segment, ...]) -> Canvas:
    if not segments or tuple(segment.scene for segment in segments) != planned:
        raise Defect("there is not one segment for each scene, in order", code="assemble.scenes")
    canvases = {segment.canvas for segment in segments}
    if len(canvases) != 1:
        raise Defect("the segments have different sizes or frame rates", code="assemble.canvas")
    return canvases.pop()
