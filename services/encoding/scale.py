"""A master in another size: decoded once, scaled, encoded; the sound is copied."""

from __future__ import annotations

import io
from fractions import Fraction

import av
from av.container import OutputContainer
from av.video.frame import PictureType
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from av.video.stream import VideoStream

from libs.common.blobs.base import BlobStore
from libs.common.media.encoders import encoder
from libs.common.media.errors import Defect
from libs.common.media.presets import OutputPreset
from libs.common.media.render import Master
from libs.common.media.timeline import Canvas
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import StepContext
from services.encoding.codec_time import CodecThreads
from services.encoding.labels import AIGC_KEY, require_aigc
from services.encoding.mp4 import writing
from services.encoding.quality import inspect, only_streams

_TELL_EVERY = 10
"""Frames between two looks at whether somebody cancelled."""


def scaled(
    master: Master, canvas: Canvas, wanted: OutputPreset, *, blobs: BlobStore, threads: int, context: StepContext
) -> tuple[bytes, float]:
    """The file, and the CPU seconds that the codecs' own threads took."""
    target, codecs = io.BytesIO(), CodecThreads()
    with blobs.open(master.video.key) as blob, open_input(blob, name="the master") as source:
        video, audio = only_streams(source)
        video.thread_type, video.codec_context.thread_count = "FRAME", 0  # all cores: decoding gives the same frames with any number
        aigc = source.metadata.get(AIGC_KEY)
        with writing(target, aigc=aigc) as container:
            picture = _video_stream(container, canvas, wanted, threads=threads)
            sound = container.add_stream_from_template(audio)
            codecs.open(video.codec_context)
            codecs.open(picture.codec_context)
            frames = 0
            for packet in source.demux(video, audio):
                if packet.stream is audio:
                    if packet.size:
                        packet.stream = sound
                        container.mux(packet)
                    continue
                for frame in video.decode(packet):
                    container.mux(picture.encode(_placed(frame, frames, canvas, key=frames in master.scene_starts)))
                    frames += 1
                    if frames % _TELL_EVERY == 0:
                        context.progress(frames / master.length.value)
            container.mux(picture.encode(None))
            codecs_s = codecs.cpu_s()
    found = inspect(target, rate=canvas.rate)
    if frames != master.length.value or found.frames != frames or found.picture_error or not found.steady or not found.index_first:
        raise Defect(f"the rendition {wanted.name} is not as planned", code="encode.verify")
    require_aigc({} if found.aigc is None else {AIGC_KEY: found.aigc}, aigc)
    return target.getvalue(), codecs_s


def _video_stream(container: OutputContainer, canvas: Canvas, wanted: OutputPreset, *, threads: int) -> VideoStream:
    stream = container.add_stream("libx264", rate=canvas.rate, options=encoder(wanted.encoder).options(threads=threads))
    context = stream.codec_context
    context.width, context.height, context.pix_fmt = canvas.width_px, canvas.height_px, "yuv420p"
    context.time_base = 1 / canvas.rate
    context.color_range, context.colorspace = ColorRange.MPEG, Colorspace.ITU709
    context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
    return stream


def _placed(frame: av.VideoFrame, number: int, canvas: Canvas, *, key: bool) -> av.VideoFrame:
    """The frame in the new size at its place on the grid, a key frame where a scene begins: players and checks jump there. Raises Defect
    where the master has it elsewhere."""
    if frame.pts is None or frame.time_base is None or frame.pts * frame.time_base != Fraction(number) / canvas.rate:
        raise Defect(f"frame {number} of the master is not on the grid", code="encode.grid")
    picture = frame.reformat(
        width=canvas.width_px, height=canvas.height_px, format="yuv420p", interpolation=Interpolation.BICUBIC, threads=1
    )
    picture.pts, picture.time_base = number, 1 / canvas.rate
    picture.pict_type = PictureType.I if key else PictureType.NONE  # else the master's I and P are forced on x264
    return picture
