"""Smaller sizes of a scene, made from the frames as they were composed."""

import io
import threading
from dataclasses import replace
from fractions import Fraction

import av
import cv2
import numpy as np
import pytest

from libs.common.media.errors import Cancelled
from libs.common.media.footage import Media, MediaKind
from libs.common.media.presets import preset
from libs.common.media.timeline import Canvas, SmallerSize
from libs.common.runtime.context import RecordingContext
from services.composition.executors.library import Library, build
from services.composition.executors.scaling import by_numpy
from services.composition.frames import planes_of
from services.composition.planes import blank
from services.composition.render import render
from services.composition.settings import CompositionSettings
from services.composition.shrink import reducing, shrink
from tests.integration.composition.conftest import GRADE

HALF = Canvas(width_px=90, height_px=160, rate=Fraction(30))
SMALL = SmallerSize(preset="540p", canvas=HALF)


@pytest.fixture(scope="module")
def kernel(settings):
    return Library(build(settings.kernel_cache, settings.compiler))


def noise(width, height, seed=7):
    planes = blank(width, height)
    rng = np.random.default_rng(seed)
    for plane in planes.all():
        plane[:] = rng.integers(16, 236, plane.shape)
    return planes


def busy(studio):
    """Fine texture under a grade, a card, and drawings."""
    card = studio.clip(Media(kind=MediaKind.card), 6, start=14, text="三步学会手冲咖啡")
    return replace(studio.cut(studio.clip(studio.ramp(), 14, effects=GRADE), card, drawings=True), renditions=(SMALL,))


def decoded(data):
    with av.open(io.BytesIO(data)) as container:
        return [(frame.pts * frame.time_base, frame.key_frame, frame) for frame in container.decode(video=0)]


def psnr_db(one, other):
    return 10 * np.log10(255**2 / np.mean((one.astype(float) - other.astype(float)) ** 2))


@pytest.mark.parametrize("sizes", [((180, 320), (90, 160)), ((216, 270), (108, 136)), ((360, 200), (106, 198))])
def test_the_kernel_scales_to_the_same_bytes_as_numpy(kernel, sizes):
    source, target = noise(*sizes[0]), blank(*sizes[1])
    shrink(source, target, kernel)
    for number, (plane, small) in enumerate(zip(source.all(), target.all(), strict=True)):
        across = reducing(plane.shape[1], small.shape[1], left_sited=number > 0)
        assert np.array_equal(small, by_numpy(plane, across, reducing(plane.shape[0], small.shape[0], left_sited=False)))


def test_stripes_too_fine_for_the_small_picture_become_an_even_grey(kernel):
    source, target = blank(180, 320), blank(90, 160)
    source.y[:, 0::2], source.y[:, 1::2] = 40, 200
    source.y[0::2] = 240 - source.y[0::2]  # a chequerboard
    shrink(source, target, kernel)
    assert np.abs(target.y[4:-4, 4:-4].astype(int) - 120).max() <= 1


def test_colour_stays_on_the_light_that_it_belongs_to(kernel):
    source, target = blank(240, 120), blank(80, 40)
    columns = np.arange(240)
    source.y[:] = columns
    source.u[:] = columns[0::2]  # the luma of the column that it is sited on
    shrink(source, target, kernel)
    assert np.array_equal(target.u[5, 3:-3], target.y[5, 0::2][3:-3])


def test_a_small_picture_is_what_ffmpegs_bicubic_makes_of_it(kernel):
    large, ours = blank(540, 960), blank(270, 480)
    for plane, coarse in zip(large.all(), noise(180, 320).all(), strict=True):
        plane[:] = cv2.resize(coarse, plane.shape[::-1], interpolation=cv2.INTER_CUBIC)
    yuv = np.concatenate([large.y.ravel(), large.u.ravel(), large.v.ravel()]).reshape(-1, 540)
    frame = av.VideoFrame.from_ndarray(yuv, format="yuv420p")
    theirs = planes_of(frame.reformat(width=270, height=480, interpolation="BICUBIC"))  # of a frame that does not say where its chroma is
    shrink(large, ours, kernel)
    assert psnr_db(ours.y, theirs.y) > 48


def test_each_size_has_every_frame_at_its_time_and_begins_with_a_key(studio, settings):
    segment = render(busy(studio), blobs=studio.blobs, settings=settings, context=RecordingContext())
    (small,) = segment.smaller
    found = decoded(studio.blobs.get(small.video.key))
    assert [time for time, _, _ in found] == [Fraction(n, 30) for n in range(20)]
    assert found[0][1]
    assert (found[0][2].width, found[0][2].height) == (small.canvas.width_px, small.canvas.height_px) == (90, 160)
    assert (small.preset, small.encoder) == ("540p", preset("540p").encoder)
    assert segment.videos == (segment.video, small.video)


def test_each_small_frame_shows_the_frame_of_the_same_number(studio, settings):
    segment = render(busy(studio), blobs=studio.blobs, settings=settings, context=RecordingContext())
    large, small = (decoded(studio.blobs.get(blob.key)) for blob in segment.videos)
    for (_, _, frame), (_, _, mine) in zip(large, small, strict=True):
        scaled = planes_of(frame.reformat(width=90, height=160, interpolation="BICUBIC"))
        assert psnr_db(planes_of(mine).y, scaled.y) > 34


def test_the_masters_bytes_do_not_depend_on_what_else_is_wanted(studio, settings):
    cut = busy(studio)
    alone = render(replace(cut, renditions=()), blobs=studio.blobs, settings=settings, context=RecordingContext())
    both = render(cut, blobs=studio.blobs, settings=settings, context=RecordingContext())
    assert both.video == alone.video
    assert alone.smaller == ()


def test_the_same_cut_gives_the_same_small_bytes(studio, settings):
    first, second = (render(busy(studio), blobs=studio.blobs, settings=settings, context=RecordingContext()) for _ in range(2))
    assert first == second


def test_all_sizes_are_told_in_the_figures(studio, settings):
    context = RecordingContext()
    segment = render(busy(studio), blobs=studio.blobs, settings=settings, context=context)
    assert context.figures["pixels"] == 20 * (180 * 320 + 90 * 160)
    assert context.figures["smaller_bytes"] == {"540p": segment.smaller[0].video.size_bytes}
    assert 0 < context.figures["smaller_cpu_s"] < context.figures["cpu_s"]


def test_a_render_that_is_cancelled_leaves_nothing_of_either_size(studio, settings):
    class Cancelling(RecordingContext):
        def progress(self, done):
            if done >= 0.5:
                raise Cancelled("enough")

    with pytest.raises(Cancelled):
        render(busy(studio), blobs=studio.blobs, settings=settings, context=Cancelling())
    assert list(studio.blobs.keys("segments/")) == []
    assert not {"decode", "compose", "shrink"} & {thread.name for thread in threading.enumerate()}


def test_an_error_while_scaling_ends_the_render(studio, settings, monkeypatch):
    def broken(*_):
        raise MemoryError("no memory for a row of the picture")

    monkeypatch.setattr("services.composition.smaller.shrink", broken)
    with pytest.raises(MemoryError):
        render(busy(studio), blobs=studio.blobs, settings=settings, context=RecordingContext())
    assert list(studio.blobs.keys("segments/")) == []
    assert not {"decode", "compose", "shrink"} & {thread.name for thread in threading.enumerate()}


def test_without_a_compiler_the_smaller_sizes_are_left_to_a_second_encode(studio, tmp_path, monkeypatch):
    monkeypatch.setattr(Library, "loaded", None)
    without = CompositionSettings(kernel_cache=tmp_path, compiler="no-such-compiler")
    segment = render(busy(studio), blobs=studio.blobs, settings=without, context=RecordingContext())
    assert segment.smaller == ()
    assert segment.length == 20
