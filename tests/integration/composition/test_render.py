"""Whole scenes through the real decoder and encoder."""

import io
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from libs.common import documents
from libs.common.blobs.base import store_content
from libs.common.media.blob import BlobRef
from libs.common.media.errors import Cancelled, InvalidInput
from libs.common.media.footage import Media, MediaKind
from libs.common.media.timeline import Fit, Transition
from libs.common.runtime.containers import open_output
from libs.common.runtime.context import RecordingContext
from services.composition.render import render
from services.composition.settings import CompositionSettings, Drawing
from tests.integration.composition.conftest import GRADE, encode


class StopsAfter(RecordingContext):
    def progress(self, done):
        super().progress(done)
        if done >= 0.3:
            raise Cancelled("enough")


@pytest.fixture
def rendered(studio, settings):
    def run(cut, *, context=None, with_settings=None):
        context = context or RecordingContext()
        segment = render(cut, blobs=studio.blobs, settings=with_settings or settings, context=context)
        return segment, studio.blobs.get(segment.video.key), context

    return run


def test_a_scene_has_exactly_its_frames_at_exact_times_and_begins_with_a_key(studio, rendered, frames_of):
    cut = studio.cut(studio.clip(studio.ramp(), 20, at=3), studio.clip(studio.image(), 13, start=20), drawings=True)
    segment, data, _ = rendered(cut)
    found = frames_of(data)
    assert [time for _, time, _ in found] == [Fraction(n, 30) for n in range(33)]
    assert found[0][2]
    assert (segment.length, segment.notes) == (33, ())


def test_each_frame_shows_its_own_source_frame(studio, rendered, frames_of):
    _, data, _ = rendered(studio.cut(studio.clip(studio.ramp(), 25, at=7)))
    levels = [luma for luma, _, _ in frames_of(data)]
    assert levels == pytest.approx([40 + 4 * (7 + n) for n in range(25)], abs=1.5)


def test_a_source_of_another_rate_is_read_by_its_time_stamps(studio, rendered, frames_of):
    times = [n * 40 + (n % 3) for n in range(30)]  # about 25 a second, uneven, as phones write
    media = studio.video(encode([40 + 4 * n for n in range(30)], times=times, time_base=Fraction(1, 1000)), 30, rate=Fraction(25))
    _, data, _ = rendered(studio.cut(studio.clip(media, 24)))
    nearest = [min(range(30), key=lambda n: abs(times[n] / 1000 - number / 30)) for number in range(24)]
    assert [luma for luma, _, _ in frames_of(data)] == pytest.approx([40 + 4 * n for n in nearest], abs=1.5)


def test_the_picture_is_tagged_bt709_limited(studio, rendered):
    _, data, _ = rendered(studio.cut(studio.clip(studio.ramp(), 5)))
    with av.open(io.BytesIO(data)) as container:
        context = container.streams.video[0].codec_context
        found = (context.color_range, context.colorspace, context.color_primaries, context.color_trc, context.pix_fmt)
    assert [int(value) for value in found[:4]] == [1, 1, 1, 1]
    assert found[4] == "yuv420p"


def test_segments_join_by_stream_copy(studio, rendered, frames_of):
    first = studio.cut(studio.clip(studio.ramp(), 20), drawings=True)
    second = studio.cut(studio.clip(studio.image(), 15, effects=GRADE), scene=1)
    parts = [rendered(cut)[1] for cut in (first, second)]
    target, extradata, shift = io.BytesIO(), [], 0
    joined = open_output(target)
    stream = None
    for part, length in zip(parts, (20, 15), strict=True):
        source = av.open(io.BytesIO(part))
        track = source.streams.video[0]
        extradata.append(track.codec_context.extradata)
        stream = stream or joined.add_stream_from_template(track)
        step = int(1 / (30 * track.time_base))
        for packet in source.demux(track):
            if packet.dts is None:
                continue
            packet.pts, packet.dts, packet.stream = packet.pts + shift * step, packet.dts + shift * step, stream
            joined.mux(packet)
        shift += length
        source.close()
    joined.close()
    assert extradata[0] == extradata[1]
    assert [time for _, time, _ in frames_of(target.getvalue())] == [Fraction(n, 30) for n in range(35)]


def test_a_transition_mixes_the_outgoing_clip_and_leaves_the_rest(studio, rendered, frames_of):
    dark, bright = (studio.video(encode([level] * 40), 40) for level in (40, 200))
    transition = Transition(name="crossfade", length=12, outgoing=studio.clip(dark, 12, at=20))
    _, data, _ = rendered(studio.cut(studio.clip(bright, 20), scene=1, transition=transition))
    levels = [luma for luma, _, _ in frames_of(data)]
    assert levels[0] < 50
    assert levels[5] < 125 < levels[7]
    assert levels == sorted(levels)[:13] + levels[13:]
    assert levels[12:] == pytest.approx([200] * 8, abs=1.5)


def test_a_damaged_source_holds_its_last_good_frame_and_says_so(studio, rendered, frames_of):
    whole = bytearray(encode([40 + 4 * n for n in range(40)]))
    with av.open(io.BytesIO(bytes(whole))) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    for position, size in packets[14:18]:  # from the middle of the second group of pictures
        whole[position + 4 : position + size] = b"\xff" * (size - 4)
    segment, data, _ = rendered(studio.cut(studio.clip(studio.video(bytes(whole), 40), 30)))
    levels = [luma for luma, _, _ in frames_of(data)]
    assert len(levels) == 30
    assert levels[13:20] == pytest.approx([40 + 4 * 13] * 7, abs=2)  # up to the next key frame
    assert levels[20:] == pytest.approx([40 + 4 * n for n in range(20, 30)], abs=2)
    assert any("damaged source" in note for note in segment.notes)


def test_a_source_that_ends_early_holds_its_last_frame_and_says_so(studio, rendered, frames_of):
    segment, data, _ = rendered(studio.cut(studio.clip(studio.ramp(10), 16)))
    assert [luma for luma, _, _ in frames_of(data)][9:] == pytest.approx([76] * 7, abs=1.5)
    assert any("ended early" in note for note in segment.notes)


def test_a_source_without_any_picture_is_refused(studio, rendered):
    media = studio.video(b"not a film", 40)
    with pytest.raises(InvalidInput) as refused:
        rendered(studio.cut(studio.clip(media, 5)))
    assert refused.value.code == "media.unreadable"


def test_a_source_of_another_size_than_noted_is_refused(studio, rendered):
    media = studio.video(encode([80] * 12), 12, size=(360, 640))
    with pytest.raises(InvalidInput) as refused:
        rendered(studio.cut(studio.clip(media, 5)))
    assert refused.value.code == "media.size_differs"


def test_a_cancelled_render_stops_and_stores_nothing(studio, rendered):
    with pytest.raises(Cancelled):
        rendered(studio.cut(studio.clip(studio.ramp(), 30)), context=StopsAfter())
    assert list(studio.blobs.keys("segments/")) == []


def test_progress_runs_to_one_and_cpu_time_is_split_by_stage(studio, rendered):
    _, _, context = rendered(studio.cut(studio.clip(studio.ramp(), 12), drawings=True))
    assert context.done == 1
    figures = context.figures
    assert figures["frames"] == 12
    parts = [figures[name] for name in ("decode_cpu_s", "compose_cpu_s", "encode_cpu_s")]
    assert min(parts) > 0
    assert figures["smaller_cpu_s"] == 0
    assert sum(parts) == pytest.approx(figures["cpu_s"])


def test_the_same_cut_gives_the_same_bytes(studio, rendered):
    cut = studio.cut(studio.clip(studio.ramp(), 12, effects=GRADE), drawings=True, style="pill")
    first, second = (documents.dump(rendered(cut)[0]) for _ in range(2))
    assert first == second


def test_a_card_needs_no_media(studio, rendered, frames_of):
    card = Media(kind=MediaKind.card)
    segment, data, _ = rendered(studio.cut(studio.clip(card, 12, text="三步学会手冲咖啡"), drawings=True))
    levels = [luma for luma, _, _ in frames_of(data)]
    assert len(levels) == 12
    assert 16 < np.mean(levels) < 120
    assert segment.notes == ()


def test_a_wide_picture_lies_whole_over_its_blur(studio, rendered):
    media = studio.image(size=(640, 360), colour=(250, 250, 250))
    _, data, _ = rendered(studio.cut(studio.clip(media, 4, fit=Fit.blur)))
    with av.open(io.BytesIO(data)) as container:
        luma = next(container.decode(video=0)).to_ndarray()[:320]
    assert luma[160, 90] > 225
    assert luma[20, 90] < 160


def test_the_backdrop_is_soft(studio, rendered):
    picture = Image.new("RGB", (640, 360), (0, 0, 0))
    picture.paste((255, 255, 255), (320, 0, 640, 360))
    out = io.BytesIO()
    picture.save(out, "PNG")
    ref = store_content(studio.blobs, "images", out.getvalue(), "png")
    media = Media(kind=MediaKind.image, blob=ref, width_px=640, height_px=360)
    _, data, _ = rendered(studio.cut(studio.clip(media, 2, fit=Fit.blur)))
    with av.open(io.BytesIO(data)) as container:
        row = next(container.decode(video=0)).to_ndarray()[20].astype(int)
    assert np.abs(np.diff(row)).max() < 8
    assert row.max() - row.min() > 60


def test_characters_without_a_glyph_are_named_in_the_notes(studio, rendered):
    segment, _, _ = rendered(studio.cut(studio.clip(Media(kind=MediaKind.card), 3, text="好\U000e0101")))
    assert any("\U000e0101" in note for note in segment.notes)


def test_without_a_compiler_opencv_draws_and_the_segment_says_so(studio, rendered, tmp_path):
    cut = studio.cut(studio.clip(studio.ramp(), 4))
    segment, _, _ = rendered(cut, with_settings=CompositionSettings(kernel_cache=tmp_path, compiler="no-such-compiler"))
    assert segment.executor == "opencv"
    assert any("cannot be compiled" in note for note in segment.notes)


def test_opencv_and_the_kernel_make_the_same_video(studio, rendered, frames_of, settings):
    cut = studio.cut(studio.clip(studio.ramp(), 8, effects=GRADE), drawings=True)
    chosen = CompositionSettings(kernel_cache=settings.kernel_cache, executor=Drawing.opencv)
    one, other = rendered(cut), rendered(cut, with_settings=chosen)
    assert (one[0].executor, other[0].executor, other[0].notes) == ("kernel", "opencv", ())
    assert [a[0] for a in frames_of(one[1])] == pytest.approx([b[0] for b in frames_of(other[1])], abs=0.5)


def test_a_missing_blob_is_not_hidden(studio, rendered):
    media = Media(
        kind=MediaKind.image, blob=BlobRef(key="images/none.png", size_bytes=1, media_type="image/png"), width_px=180, height_px=320
    )
    with pytest.raises(Exception, match="no blob"):
        rendered(studio.cut(studio.clip(media, 3)))
