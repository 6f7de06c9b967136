import io
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from libs.common.media.brief import Aspect
from libs.common.media.errors import Cancelled, InvalidInput
from libs.common.media.presets import preset
from libs.common.media.rendition import Rendition
from libs.common.media.time import RationalTime
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import RecordingContext
from services.encoding.cut_times import cut_error_ms
from services.encoding.encode import encode
from services.encoding.quality import Inspection, inspect


@pytest.fixture(scope="module")
def context() -> RecordingContext:
    return RecordingContext(key="540p")


@pytest.fixture(scope="module")
def rendition(film, context: RecordingContext) -> Rendition:
    return encode(film.brief, film.segments, film.soundtrack, film.master, blobs=film.blobs, threads=2, context=context)


@pytest.fixture(scope="module")
def found(film, rendition: Rendition) -> Inspection:
    return inspect(io.BytesIO(film.blobs.get(rendition.video.key)), rate=Fraction(30))


def frames(data: bytes, numbers: set[int]) -> list[np.ndarray]:
    with open_input(io.BytesIO(data)) as container:
        return [frame.to_ndarray() for n, frame in enumerate(container.decode(video=0)) if n in numbers]


def sound(data: bytes) -> list[tuple[int, bytes]]:
    with open_input(io.BytesIO(data)) as container:
        return [(packet.pts, bytes(packet)) for packet in container.demux(container.streams.audio[0]) if packet.size]


def test_a_rendition_has_the_size_of_its_preset_and_every_frame_in_place(rendition: Rendition, found: Inspection):
    assert (rendition.width_px, rendition.height_px) == (found.width_px, found.height_px) == (540, 960)
    assert (found.frames, found.picture_error, found.steady) == (181, 0, True)
    assert rendition.length == RationalTime(181, Fraction(30))
    assert not rendition.copied


def test_each_scene_of_a_rendition_begins_with_a_key_frame_at_its_place(film, rendition: Rendition):
    data = film.blobs.get(rendition.video.key)
    with open_input(io.BytesIO(data)) as container:
        keys = {packet.pts * packet.time_base * 30 for packet in container.demux(video=0) if packet.size and packet.is_keyframe}

    assert set(film.master.scene_starts) <= keys
    assert cut_error_ms(io.BytesIO(data), film.segments, film.master.scene_starts, rate=Fraction(30), blobs=film.blobs) == 0


def test_the_sound_of_a_rendition_is_the_masters(film, rendition: Rendition):
    assert sound(film.blobs.get(rendition.video.key)) == sound(film.blobs.get(film.master.video.key))


def test_a_rendition_starts_at_once_and_carries_the_masters_label(film, found: Inspection):
    master = inspect(io.BytesIO(film.blobs.get(film.master.video.key)), rate=Fraction(30))

    assert found.index_first
    assert found.aigc is not None
    assert found.aigc == master.aigc


def test_the_picture_keeps_its_light_and_colour(film, rendition: Rendition):
    before = frames(film.blobs.get(film.master.video.key), {5, 100})
    after = frames(film.blobs.get(rendition.video.key), {5, 100})

    for master, scaled in zip(before, after, strict=True):
        assert scaled[:960].mean() == pytest.approx(master[:192].mean(), abs=1.0)
        assert scaled[960:].mean() == pytest.approx(master[192:].mean(), abs=1.0)
        shrunk = scaled[:960].reshape(192, 5, 108, 5).mean(axis=(1, 3))
        assert np.sqrt(np.square(shrunk - master[:192]).mean()) < 8


def test_the_stream_says_which_colours_it_means(film, rendition: Rendition):
    with open_input(io.BytesIO(film.blobs.get(rendition.video.key))) as container:
        video = container.streams.video[0].codec_context
        tags = (video.color_range, video.colorspace, video.color_primaries, video.color_trc)

    assert tags == (1, 1, 1, 1)  # limited range, BT.709 thrice


def test_figures_follow_from_the_file(film, rendition: Rendition, context: RecordingContext):
    size = film.blobs.size(rendition.video.key)

    assert rendition.bitrate_bps == round(size * 8 / Fraction(181, 30))
    assert rendition.compression_ratio == round(540 * 960 * 3 // 2 * 181 / size, 2)
    assert context.done > 0.9
    assert context.figures["cpu_ms_per_frame"] > 0


def test_the_masters_own_size_is_taken_as_it_is(film):
    master = replace(film.master, canvas=preset("1080p").canvas(Aspect.portrait))

    rendition = encode(
        film.brief, film.segments, film.soundtrack, master, blobs=film.blobs, threads=2, context=RecordingContext(key="1080p")
    )

    assert rendition.copied
    assert rendition.video == film.master.video


def test_an_unknown_preset_is_refused(film):
    with pytest.raises(InvalidInput) as caught:
        encode(film.brief, film.segments, film.soundtrack, film.master, blobs=film.blobs, threads=2, context=RecordingContext(key="8k"))
    assert caught.value.code == "brief.unknown_preset"


def test_encoding_stops_when_somebody_cancels(film):
    class Cancelling(RecordingContext):
        def progress(self, done: float) -> None:
            if done > 0.2:
                raise Cancelled("stop")

    with pytest.raises(Cancelled):
        encode(film.brief, film.segments, film.soundtrack, film.master, blobs=film.blobs, threads=2, context=Cancelling(key="540p"))
