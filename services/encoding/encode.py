"""The master in another size: decoded once, scaled, encoded; the sound is copied. The master's own size is taken as it is."""

from __future__ import annotations

import io
import time
from fractions import Fraction

import av
from av.container import OutputContainer
from av.video.frame import PictureType
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from av.video.stream import VideoStream

from libs.common.blobs.base import BlobStore, store_content
from libs.common.media.blob import BlobRef
from libs.common.media.brief import Brief
from libs.common.media.edit import MASTER
from libs.common.media.encoders import encoder
from libs.common.media.errors import Defect, InvalidInput
from libs.common.media.presets import OutputPreset, preset, rendition_canvas
from libs.common.media.render import Master
from libs.common.media.rendition import Rendition
from libs.common.media.timeline import Canvas
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import StepContext
from services.encoding.codec_time import CodecThreads
from services.encoding.labels import AIGC_KEY, require_aigc
from services.encoding.mp4 import writing
from services.encoding.quality import inspect, only_streams

_TELL_EVERY = 10
"""Frames between two looks at whether somebody cancelled."""


def encode(brief: Brief, master: Master, *, blobs: BlobStore, threads: int, context: StepContext) -> Rendition:
    """The rendition that the step's key names. Raises InvalidInput for a preset that this master cannot become."""
    wanted = preset(context.key)
    return _encoded(wanted, wanted.canvas(brief.aspect), master, blobs=blobs, threads=threads, context=context)


def encode_edit(master: Master, *, blobs: BlobStore, threads: int, context: StepContext) -> Rendition:
    """The same for an edit: the preset's size in the shape and at the rate of the composition, or the composition's own size."""
    if context.key == MASTER:
        own = OutputPreset(name=MASTER, title=MASTER, short_side_px=min(master.canvas.width_px, master.canvas.height_px))
        return _encoded(own, master.canvas, master, blobs=blobs, threads=threads, context=context)
    canvas = rendition_canvas(context.key, master.canvas)
    return _encoded(preset(context.key), canvas, master, blobs=blobs, threads=threads, context=context)


def _encoded(wanted: OutputPreset, canvas: Canvas, master: Master, *, blobs: BlobStore, threads: int, context: StepContext) -> Rendition:
    started = time.thread_time()
    if canvas == master.canvas:
        context.note(cpu_s=0.0, copied=True)
        return _rendition(wanted, canvas, master, master.video, copied=True)
    if canvas.rate != master.canvas.rate:
        raise InvalidInput(f"{wanted.name} has another frame rate than the master", code="encode.rate", field="/presets")
    data, codecs_s = _scaled(master, canvas, wanted, blobs=blobs, threads=threads, context=context)
    spent = time.thread_time() - started + codecs_s
    context.note(cpu_s=round(spent, 3), cpu_ms_per_frame=round(1000 * spent / master.length.value, 2), copied=False, size_bytes=len(data))
    return _rendition(wanted, canvas, master, store_content(blobs, "renditions", data, "mp4"), copied=False)


def _rendition(wanted: OutputPreset, canvas: Canvas, master: Master, video: BlobRef, *, copied: bool) -> Rendition:
    raw_bytes = canvas.width_px * canvas.height_px * 3 // 2 * master.length.value
    return Rendition(
        preset=wanted.name,
        video=video,
        width_px=canvas.width_px,
        height_px=canvas.height_px,
        length=master.length,
        bitrate_bps=round(video.size_bytes * 8 / master.length.seconds),
        compression_ratio=round(raw_bytes / video.size_bytes, 2),
        copied=copied,
    )


def _scaled(
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
    scaled = frame.reformat(
        width=canvas.width_px, height=canvas.height_px, format="yuv420p", interpolation=Interpolation.BICUBIC, threads=1
    )
    scaled.pts, scaled.time_base = number, 1 / canvas.rate
    scaled.pict_type = PictureType.I if key else PictureType.NONE  # else the master's I and P are forced on x264
    return scaled
