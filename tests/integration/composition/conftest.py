"""Small sources made with the real encoder, and cuts over them."""

import io
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.footage import Media, MediaKind
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas, Clip, Cut, Effect, Motion, Overlay, OverlayKind
from libs.common.runtime.containers import open_output
from services.composition.settings import CompositionSettings

DRAWN = (OverlayKind.heading, OverlayKind.price_tag, OverlayKind.logo, OverlayKind.label)
CANVAS = Canvas(width_px=180, height_px=320, rate=Fraction(30))


def encode(lumas, *, rate=30, size=(180, 320), times=None, time_base=None):
    """An H.264 file whose frame n has the even luma `lumas[n]`, with a key frame each ten."""
    target = io.BytesIO()
    container = open_output(target)
    stream = container.add_stream("libx264", rate=rate, options={"crf": "12", "g": "10", "bf": "0", "preset": "ultrafast"})
    stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
    if time_base is not None:
        stream.codec_context.time_base = time_base
    for number, luma in enumerate(lumas):
        frame = av.VideoFrame(*size, "yuv420p")
        for plane, level in zip(frame.planes, (luma, 128, 128), strict=True):
            plane.update(np.full(plane.line_size * plane.height, level, np.uint8).tobytes())
        frame.pts = number if times is None else times[number]
        if time_base is not None:
            frame.time_base = time_base
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
    container.close()
    return target.getvalue()


class Studio:
    def __init__(self):
        self.blobs = MemoryBlobStore()

    def video(self, data, frames, *, size=(180, 320), rate=Fraction(30)):
        ref = store_content(self.blobs, "clips", data, "mp4")
        return Media(kind=MediaKind.video, blob=ref, width_px=size[0], height_px=size[1], length=RationalTime(frames, rate))

    def ramp(self, frames=40, **how):
        """Frame n has luma 40 + 4 n."""
        return self.video(encode([40 + 4 * n for n in range(frames)], **how), frames)

    def image(self, size=(360, 640), colour=(200, 60, 40)):
        out = io.BytesIO()
        Image.new("RGB", size, colour).save(out, "PNG")
        ref = store_content(self.blobs, "images", out.getvalue(), "png")
        return Media(kind=MediaKind.image, blob=ref, width_px=size[0], height_px=size[1])

    def clip(self, media, length, *, start=0, at=0, **changes):
        source = RationalTime(at, media.length.rate) if media.length is not None else None
        return Clip(media=media, start=start, length=length, source_start=source, motion=Motion(), **changes)

    def cut(self, *clips, scene=0, transition=None, drawings=False, style="karaoke"):
        length = sum(clip.length for clip in clips)
        words = (CaptionWord(text="早上", start=0, length=5), CaptionWord(text="热水", start=5, length=5))
        captions = (Caption(start=0, length=10, words=words),) if drawings else ()
        overlays = tuple(Overlay(kind=kind, start=0, length=length, text="¥199") for kind in DRAWN) if drawings else ()
        return Cut(
            scene=scene,
            canvas=CANVAS,
            length=length,
            clips=clips,
            transition=transition,
            captions=captions,
            caption_style=style,
            overlays=overlays,
        )


GRADE = (Effect(name="grade", params={"exposure": 0.1}), Effect(name="vignette", params={}))


@pytest.fixture
def studio():
    return Studio()


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    return CompositionSettings(kernel_cache=tmp_path_factory.mktemp("kernel"))


@pytest.fixture
def frames_of():
    """Luma means, presentation times and key flags of a finished segment."""

    def read(data):
        with av.open(io.BytesIO(data)) as container:
            found = [
                (float(frame.to_ndarray()[:320].mean()), frame.pts * frame.time_base, frame.key_frame)
                for frame in container.decode(video=0)
            ]
        return found

    return read
