"""Segments and soundtrack to one master by stream copy: nothing is encoded a second time, no time stamp is rounded."""

from __future__ import annotations

import heapq
import io
import time
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from itertools import accumulate
from typing import TypeAlias

import av
from av.container import InputContainer

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.edit import Arrangement
from libs.common.media.errors import Defect, InvalidInput
from libs.common.media.render import Master, Segment
from libs.common.media.sound import Soundtrack
from libs.common.media.storyboard import Storyboard
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import StepContext
from services.encoding.labels import aigc_value, produce_id, require_aigc
from services.encoding.mp4 import writing
from services.encoding.quality import Inspection, inspect

Timed: TypeAlias = "tuple[Fraction, int, av.Packet[av.VideoStream] | av.Packet[av.AudioStream]]"
"""Decoding time in seconds, track, packet."""


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
    """The same for the pieces of an edit."""
    planned = tuple(cut.scene for cut in arrangement.cuts)
    return _assembled(arrangement.title, planned, segments, soundtrack, blobs=blobs, content_producer=content_producer, context=context)


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
    data = _joined(segments, starts, soundtrack, aigc=aigc, blobs=blobs, context=context)
    found = inspect(io.BytesIO(data), rate=canvas.rate)
    _verify(found, canvas=canvas, frames=length.value, soundtrack=soundtrack)
    require_aigc({} if found.aigc is None else {"AIGC": found.aigc}, aigc)
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


def _joined(
    segments: tuple[Segment, ...],
    starts: tuple[int, ...],
    soundtrack: Soundtrack,
    *,
    aigc: str | None,
    blobs: BlobStore,
    context: StepContext,
) -> bytes:
    target = io.BytesIO()
    with ExitStack() as stack:
        first = _open(stack, blobs, segments[0].video.key)
        sound = _open(stack, blobs, soundtrack.audio.key)
        container = stack.enter_context(writing(target, aigc=aigc))
        tracks = (
            container.add_stream_from_template(_one_video(first, segments[0])),
            container.add_stream_from_template(_one_sound(sound)),
        )
        picture = _picture(segments, starts, extradata=first.streams.video[0].codec_context.extradata, blobs=blobs, context=context)
        for _, track, packet in heapq.merge(picture, _sound(sound), key=lambda timed: timed[:2]):
            packet.stream = tracks[track]
            container.mux(packet)
    return target.getvalue()


def _picture(
    segments: tuple[Segment, ...], starts: tuple[int, ...], *, extradata: bytes | None, blobs: BlobStore, context: StepContext
) -> Iterator[Timed]:
    """All video packets, each segment moved to its first frame."""
    for segment, start in zip(segments, starts, strict=False):
        with ExitStack() as stack:
            source = _open(stack, blobs, segment.video.key)
            stream = _one_video(source, segment)
            if stream.codec_context.extradata != extradata:
                raise Defect(f"the segment of scene {segment.scene} was encoded with other parameters", code="assemble.parameters")
            frames = 0
            placed: set[int] = set()
            for packet in source.demux(stream):
                if packet.pts is None or packet.dts is None or not packet.size:
                    continue
                shift = Fraction(start) / segment.canvas.rate / packet.time_base
                number = packet.pts * packet.time_base * segment.canvas.rate
                if shift.denominator != 1 or (frames == 0 and not (packet.is_keyframe and number == 0)):
                    raise Defect(f"the segment of scene {segment.scene} does not start on the grid", code="assemble.grid")
                if number.denominator != 1 or number in placed:
                    raise Defect(f"packet {frames} of scene {segment.scene} is not on a frame of its own", code="assemble.grid")
                placed.add(int(number))
                packet.pts, packet.dts = packet.pts + int(shift), packet.dts + int(shift)
                frames += 1
                yield packet.dts * packet.time_base, 0, packet
            if frames != segment.length:
                detail = f"the segment of scene {segment.scene} has {frames} frames, its document says {segment.length}"
                raise Defect(detail, code="assemble.frames")
            if placed != set(range(segment.length)):
                raise Defect(f"the frames of scene {segment.scene} leave gaps", code="assemble.grid")
            context.progress((segment.scene + 1) / (len(segments) + 1))


def _sound(source: InputContainer) -> Iterator[Timed]:
    for packet in source.demux(source.streams.audio[0]):
        if packet.dts is not None and packet.size:
            yield packet.dts * packet.time_base, 1, packet


def _open(stack: ExitStack, blobs: BlobStore, key: str) -> InputContainer:
    return stack.enter_context(open_input(stack.enter_context(blobs.open(key)), name=key))


def _one_video(source: InputContainer, segment: Segment) -> av.VideoStream:
    streams = source.streams
    if len(streams) != 1 or len(streams.video) != 1 or streams.video[0].codec_context.name != "h264":
        raise InvalidInput(f"the segment of scene {segment.scene} is not one H.264 track", code="assemble.streams")
    stream = streams.video[0]
    if (stream.width, stream.height) != (segment.canvas.width_px, segment.canvas.height_px):
        raise Defect(f"the segment of scene {segment.scene} has not the size that its document says", code="assemble.canvas")
    return stream


def _one_sound(source: InputContainer) -> av.AudioStream:
    if len(source.streams) != 1 or len(source.streams.audio) != 1 or source.streams.audio[0].codec_context.name != "aac":
        raise InvalidInput("the soundtrack is not one AAC track", code="assemble.streams")
    return source.streams.audio[0]


def _verify(found: Inspection, *, canvas: Canvas, frames: int, soundtrack: Soundtrack) -> None:
    """The file as a player sees it, against the documents."""
    claims = {
        "frames": found.frames == frames,
        "size": (found.width_px, found.height_px) == (canvas.width_px, canvas.height_px),
        "time stamps": found.picture_error == 0 and found.steady,
        "start": found.picture_start == 0 and found.sound_start == 0,
        "sound": found.sound_samples == soundtrack.length.value,
        "index": found.index_first,
    }
    broken = [name for name, holds in claims.items() if not holds]
    if broken:
        raise Defect(f"the master is not as planned: {', '.join(broken)}", code="assemble.verify")
