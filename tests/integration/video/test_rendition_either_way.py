"""A rendition joined from sizes that came with the segments, beside the same one scaled from the master."""

import io
from dataclasses import replace

import cv2
import numpy as np
import pytest

from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.footage import Media, MediaKind
from libs.common.media.music import CueSheet, MusicChoice
from libs.common.media.presets import preset, smaller_sizes
from libs.common.media.timeline import Clip, Cut, Effect, Motion
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import RecordingContext
from services.composition.mix import mix
from services.composition.render import render
from services.composition.settings import CompositionSettings
from services.composition.sound.settings import SoundSettings
from services.encoding.assemble import assemble
from services.encoding.encode import encode

FRAMES = 24


def scene(brief, blobs: MemoryBlobStore) -> Cut:
    """A still with soft shapes that the camera nears, graded, and a caption."""
    canvas = preset("1080p").canvas(brief.aspect)
    soft = np.random.default_rng(3).integers(20, 235, (24, 14, 3)).astype(np.uint8)
    coded, png = cv2.imencode(".png", cv2.resize(soft, (1080, 1920), interpolation=cv2.INTER_CUBIC))
    assert coded
    blob = store_content(blobs, "images", png.tobytes(), "png")
    still = Media(kind=MediaKind.image, blob=blob, width_px=1080, height_px=1920)
    clip = Clip(
        media=still,
        start=0,
        length=FRAMES,
        source_start=None,
        motion=Motion(zoom_to=1.2),
        effects=(Effect(name="grade", params={"exposure": 0.1}), Effect(name="vignette", params={})),
    )
    word = CaptionWord(text="Hello", start=0, length=FRAMES)
    return Cut(
        scene=0,
        canvas=canvas,
        length=FRAMES,
        clips=(clip,),
        transition=None,
        captions=(Caption(start=0, length=FRAMES, words=(word,)),),
        caption_style="karaoke",
        language="en",
        renditions=smaller_sizes({"1080p": canvas, "540p": preset("540p").canvas(brief.aspect)}, canvas),
    )


def planes(data: bytes) -> list[np.ndarray]:
    with open_input(io.BytesIO(data)) as container:
        return [frame.to_ndarray().astype(np.float64) for frame in container.decode(video=0)]


@pytest.fixture(scope="module")
def either(brief, make_storyboard, make_utterance, tmp_path_factory) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """All frames, luma above chroma, joined and scaled."""
    blobs, storyboard = MemoryBlobStore(), make_storyboard(1)
    settings = CompositionSettings(kernel_cache=tmp_path_factory.mktemp("kernel"))
    segment = render(scene(brief, blobs), blobs=blobs, settings=settings, context=RecordingContext())
    voice = make_utterance(blobs, 0, FRAMES)
    sound = mix(brief, MusicChoice(), CueSheet(), storyboard, (voice,), blobs=blobs, settings=SoundSettings(), context=RecordingContext())
    master = assemble(storyboard, (segment,), sound, blobs=blobs, content_producer=None, context=RecordingContext())

    def pictures(segment) -> list[np.ndarray]:
        context = RecordingContext(key="540p")
        rendition = encode(brief, (segment,), sound, master, blobs=blobs, threads=1, context=context)
        assert context.figures["joined"] is bool(segment.smaller)
        return planes(blobs.get(rendition.video.key))

    return pictures(segment), pictures(replace(segment, smaller=()))


def test_both_ways_give_the_same_picture(either):
    joined, scaled = either
    errors = [np.mean((one[:960] - other[:960]) ** 2) for one, other in zip(joined, scaled, strict=True)]
    assert len(errors) == FRAMES
    assert 10 * np.log10(255**2 / max(errors)) >= 40


def test_both_ways_give_the_same_colours(either):
    joined, scaled = either
    assert max(np.abs(one[960:] - other[960:]).mean() for one, other in zip(joined, scaled, strict=True)) < 1
