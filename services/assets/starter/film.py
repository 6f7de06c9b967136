"""A scene to H.264 in the library's own form, so that ingest takes the clip over without a second encode."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
import skia
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation, VideoReformatter

from libs.common.runtime.containers import open_output
from services.assets.starter.stage import FRAME_RATE, HEIGHT, PIXELS, WIDTH, Scene, Stage

X264 = {
    "preset": "veryfast",
    "tune": "fastdecode",
    "crf": "18",
    "profile": "high",
    "x264-params": "keyint=30:min-keyint=30:scenecut=0:bframes=1:b-adapt=0:rc-lookahead=3"
    ":subme=1:me=dia:partitions=i8x8,i4x4:no-psy=1:threads=1",
}
"""Short closed GOPs and plain coding tools: a cut may start anywhere and decoding is cheap."""


def film(scene: Scene, *, frames: int, width_px: int = WIDTH, height_px: int = HEIGHT) -> bytes:
    """The MP4 of `frames` frames at 30 a second, without sound and metadata; the same scene gives the same bytes."""
    target = io.BytesIO()
    with open_output(target, options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libx264", rate=FRAME_RATE, options=X264)
        stream.width, stream.height, stream.pix_fmt = width_px, height_px, "yuv420p"
        stream.time_base = Fraction(1, FRAME_RATE)
        context = stream.codec_context
        context.thread_count, context.sample_aspect_ratio = 1, Fraction(1)
        context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
        context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        for picture in _pictures(scene, frames=frames, width_px=width_px, height_px=height_px):
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return target.getvalue()


def _pictures(scene: Scene, *, frames: int, width_px: int, height_px: int) -> Iterator[av.VideoFrame]:
    """Skia draws straight into the frame that swscale converts; its default matrix is BT.601, so BT.709 is said."""
    drawn = av.VideoFrame(width_px, height_px, "bgra")
    plane = drawn.planes[0]
    pixels = np.frombuffer(memoryview(plane), np.uint8).reshape(height_px, plane.line_size)[:, : 4 * width_px]
    pixels = pixels.reshape(height_px, width_px, 4)
    surface = skia.Surface(pixels, colorType=PIXELS, alphaType=skia.kPremul_AlphaType)
    canvas = surface.getCanvas()
    scale = width_px / WIDTH
    draw = scene(Stage(scale))
    converter = VideoReformatter()
    for number in range(frames):
        canvas.save()
        canvas.scale(scale, scale)
        draw(canvas, number / FRAME_RATE)
        canvas.restore()
        picture = converter.reformat(
            drawn,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.BILINEAR,
            threads=1,
        )
        picture.pts, picture.time_base = number, Fraction(1, FRAME_RATE)
        yield picture
