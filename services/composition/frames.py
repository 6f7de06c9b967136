"""The codecs: the one file of this service that knows PyAV. Sources are read by time stamp, segments written frame by frame."""

from __future__ import annotations

import heapq
import io
from collections.abc import Generator, Iterator
from fractions import Fraction
from typing import BinaryIO

import av
import numpy as np
from av.codec.hwaccel import HWAccel
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from libs.common.media.encoders import EncoderPreset
from libs.common.media.errors import Defect, InvalidInput
from libs.common.media.timeline import Canvas
from libs.common.runtime.containers import open_input, open_output
from services.composition.nvenc import X264, options_for
from services.composition.planes import Plane, Planes

BT709 = 1
"""`ITU-T H.273` code point for primaries, transfer and matrix alike."""
LIMITED = 1
"""FFmpeg's AVCOL_RANGE_MPEG."""
ON_DEVICE = "cuda"
"""PyAV's name of the format of frames that lie in a device's memory."""
SEEK_MARGIN_S = Fraction(1, 2)
"""A source is read on from where it is rather than sought when the way is shorter than this."""


class VideoReader:
    """The frames of one source at rising times. After damage, or past the end, the last good frame stands; `held` counts those answers.

    Raises InvalidInput (`media.unreadable`) where there is no picture at all.
    """

    def __init__(self, source: BinaryIO, *, start: Fraction, name: str, hwaccel: HWAccel | None = None) -> None:
        """With `hwaccel` the frames may lie in a device's memory: then take them by `frame_at`."""
        self._source, self._name, self._hwaccel = source, name, hwaccel
        self._container, self._stream = self._open()
        assert self._stream.time_base is not None
        self._rate_hz = 1 / Fraction(self._stream.time_base)
        """Ticks a second."""
        self._origin = self._stream.start_time or 0
        self._spacing = self._rate_hz / (self._stream.average_rate or 15)
        """Mean distance of two frames, in ticks."""
        if start > SEEK_MARGIN_S:
            self._container.seek(int(self._tick(start)), stream=self._stream, backward=True)
        self._frames = self._decode()
        self._current: VideoFrame | None = None
        self._next: VideoFrame | None = None
        self._ended = False
        self.held = 0
        self.damaged = False
        """A packet could not be decoded."""
        self.serial = 0
        """Counts the different frames that were given out."""

    def _open(self) -> tuple[InputContainer, VideoStream]:
        self._source.seek(0)
        container = open_input(self._source, name=self._name, hwaccel=self._hwaccel)
        if not container.streams.video:
            container.close()
            raise InvalidInput(f"{self._name} has no picture", code="media.unreadable")
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        stream.codec_context.options = {"err_detect": "explode"}
        return container, stream

    def at(self, second: Fraction) -> Planes:
        """The picture of `frame_at`."""
        return planes_of(self.frame_at(second))

    def frame_at(self, second: Fraction) -> VideoFrame:
        """The frame nearest to `second` of the source, an earlier one where two are as near. A gap of more than a frame, as damage
        leaves, is held to its end."""
        tick = self._tick(second)
        while not self._ended and (self._next is None or _pts(self._next) <= tick):
            self._advance()
        if self._current is None and self._next is None:
            raise InvalidInput(f"{self._name} has no frame that can be decoded", code="media.unreadable")
        if self._current is None or self._next_is_nearer(tick):
            self._advance()
        assert self._current is not None
        if self._next is None and tick > _pts(self._current) + self._spacing * 3 / 2:
            self.held += 1
        return self._current

    def _tick(self, second: Fraction) -> Fraction:
        return second * self._rate_hz + self._origin

    def _next_is_nearer(self, tick: Fraction) -> bool:
        if self._current is None or self._next is None:
            return False
        ahead = _pts(self._next) - tick
        return ahead < tick - _pts(self._current) and ahead <= self._spacing / 2

    def close(self) -> None:
        """Also lets go of the frames, and of the generator that holds this reader: else the decoder's memory waits for the collector."""
        self._frames.close()
        self._current = self._next = None
        self._container.close()

    @property
    def shown(self) -> Fraction:
        """Time stamp of the frame that was given out last, in seconds of the source."""
        assert self._current is not None
        return (_pts(self._current) - self._origin) / self._rate_hz

    @property
    def served(self) -> dict[str, int]:
        """Different frames given out so far, by what decoded them."""
        return {"cpu": self.serial}

    def _advance(self) -> None:
        if self._next is not None:
            self._current, self._next = self._next, None
            self.serial += 1
        self._next = next(self._frames, None)
        self._ended = self._next is None

    def _decode(self) -> Generator[VideoFrame, None, None]:
        """Whole frames with a time stamp. What cannot be decoded, and what builds on it, is left out up to the next key frame: half a
        picture is worse than a still one."""
        broken: int | None = None
        packets = self._container.demux(self._stream)
        awaited: list[int] = []
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                self.damaged = True
                return
            if packet is None:
                return
            if broken is not None and not (packet.is_keyframe and packet.dts is not None and packet.dts > broken):
                continue
            broken = None
            if packet.size and packet.pts is not None and not packet.is_discard:
                heapq.heappush(awaited, packet.pts)
            try:
                for frame in packet.decode():
                    if isinstance(frame, VideoFrame) and frame.pts is not None:
                        _arrived(frame, awaited)
                        yield _as_yuv420(frame)
            except (av.error.FFmpegError, _Lost):
                self.damaged = True
                if packet.dts is None:
                    return
                yield from self._left_over(packet, awaited)
                broken, awaited = packet.dts, []
                packets = self._go_on_from(broken)

    def _left_over(self, broken: av.Packet[VideoStream], awaited: list[int]) -> Iterator[VideoFrame]:
        """The whole frames that the decoder still held back to bring them in order."""
        try:
            for frame in self._stream.codec_context.decode(None):
                if frame.pts is None or frame.pts == broken.pts:
                    return
                _arrived(frame, awaited)
                yield _as_yuv420(frame)
        except (av.error.FFmpegError, _Lost):
            return

    def _go_on_from(self, tick: int) -> Iterator[av.Packet[VideoStream]]:
        """The packets from the key frame before `tick`, for a new decoder: FFmpeg's for H.264 adds what was left of a broken block to the
        next picture, flushed or not."""
        self._container.close()
        self._container, self._stream = self._open()
        self._container.seek(tick, stream=self._stream, backward=True)
        return self._container.demux(self._stream)


def _pts(frame: VideoFrame) -> int:
    assert frame.pts is not None
    return frame.pts


class _Lost(Exception):
    """A picture that was due did not come."""


def _arrived(frame: VideoFrame, awaited: list[int]) -> None:
    """Strike a frame off the heap of those that are due. Raises _Lost where it is not whole, or an earlier one has not come: decoders
    pass over what they do not know without a word."""
    assert frame.pts is not None
    if frame.is_corrupt:
        raise _Lost
    while awaited and awaited[0] <= frame.pts:
        if heapq.heappop(awaited) != frame.pts and not frame.interlaced_frame:  # two fields may come in two packets
            raise _Lost


def _as_yuv420(frame: VideoFrame) -> VideoFrame:
    if frame.format.name in ("yuv420p", ON_DEVICE):
        return frame
    return frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")


def planes_of(frame: VideoFrame) -> Planes:
    """The frame's own memory, not a copy."""
    return Planes(*(_view(frame, number) for number in range(3)))


def _view(frame: VideoFrame, number: int) -> Plane:
    plane = frame.planes[number]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]


class Slot:
    """A frame of the ring: memory of the encoder's frame, seen as planes."""

    def __init__(self, canvas: Canvas) -> None:
        self.frame = VideoFrame(canvas.width_px, canvas.height_px, "yuv420p")
        self.frame.color_range = LIMITED
        self.frame.colorspace = BT709
        self.planes = planes_of(self.frame)


class SegmentWriter:
    """One H.264 stream in MP4, in memory, its frames at 0, 1, 2 … of the canvas's rate."""

    def __init__(self, canvas: Canvas, preset: EncoderPreset, codec: str = X264) -> None:
        self._target = io.BytesIO()
        self._container = open_output(self._target, options={"fflags": "+bitexact"})
        stream = self._container.add_stream(codec, rate=canvas.rate, options=options_for(codec, preset))
        assert isinstance(stream, VideoStream)
        self._stream = stream
        context = self._stream.codec_context
        context.width, context.height, context.pix_fmt = canvas.width_px, canvas.height_px, "yuv420p"
        context.time_base = 1 / canvas.rate
        context.thread_count = 1
        context.color_range, context.colorspace = LIMITED, BT709
        context.color_primaries, context.color_trc = BT709, BT709
        self._written = 0

    def write(self, slot: Slot) -> None:
        """The slot may be drawn over as soon as this returns: x264 keeps a copy of its own."""
        slot.frame.pts = self._written
        slot.frame.time_base = self._stream.codec_context.time_base
        slot.frame.pict_type = 0
        self._container.mux(self._stream.encode(slot.frame))
        self._written += 1

    def finish(self, expected: int) -> bytes:
        """The whole file. Raises Defect where it has not the frames that were promised."""
        self._container.mux(self._stream.encode(None))
        self._container.close()
        if self._written != expected:
            raise Defect(f"{self._written} frames where {expected} were promised", code="render.frame_count")
        return self._target.getvalue()

    def abandon(self) -> None:
        self._container.close()
