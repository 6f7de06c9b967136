import io
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from libs.common.blobs.base import store_content
from libs.common.media.errors import Cancelled, Defect, DomainError, InvalidInput
from libs.common.media.render import Master, Segment
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas
from libs.common.runtime.containers import open_input, open_output
from libs.common.runtime.context import RecordingContext
from services.encoding.assemble import assemble
from services.encoding.mp4 import top_level_boxes
from services.encoding.quality import inspect, measure_loudness


def assembled(film, *, context: RecordingContext | None = None, producer: str | None = None, **changes: object) -> Master:
    given = {"storyboard": film.storyboard, "segments": film.segments, "soundtrack": film.soundtrack} | changes
    return assemble(
        given["storyboard"],
        given["segments"],
        given["soundtrack"],
        blobs=film.blobs,
        content_producer=producer,
        context=context or RecordingContext(),
    )


def payloads(data: bytes, kind: str) -> list[bytes]:
    with open_input(io.BytesIO(data)) as container:
        stream = next(stream for stream in container.streams if stream.type == kind)
        return [bytes(packet) for packet in container.demux(stream) if packet.size]


def test_every_frame_lies_on_the_grid_and_nothing_was_encoded_again(film):
    master = film.blobs.get(film.master.video.key)

    found = inspect(io.BytesIO(master), rate=Fraction(30))

    assert (found.frames, found.picture_error, found.steady) == (181, 0, True)
    assert payloads(master, "video") == [
        packet for segment in film.segments for packet in payloads(film.blobs.get(segment.video.key), "video")
    ]
    assert payloads(master, "audio") == payloads(film.blobs.get(film.soundtrack.audio.key), "audio")


def test_every_frame_can_be_decoded(film):
    with open_input(io.BytesIO(film.blobs.get(film.master.video.key))) as container:
        times = [frame.pts * frame.time_base for frame in container.decode(video=0)]

    assert times == [Fraction(n, 30) for n in range(181)]


def test_sound_and_picture_start_and_end_together(film):
    found = inspect(io.BytesIO(film.blobs.get(film.master.video.key)), rate=Fraction(30))

    assert (found.picture_start, found.sound_start, found.av_offset_ms) == (0, 0, 0.0)
    assert found.priming_samples == 1_024
    assert found.sound_samples == 181 * 1_600
    assert film.master.scene_starts == (0, 61, 108)
    assert film.master.length == RationalTime(181, Fraction(30))


def test_a_flash_is_seen_when_its_beep_is_heard(film):
    with open_input(io.BytesIO(film.blobs.get(film.master.video.key))) as container:
        flashes = [frame.time for frame in container.decode(video=0) if frame.to_ndarray(format="gray").mean() > 200]
    with open_input(io.BytesIO(film.blobs.get(film.master.video.key))) as container:
        heard = np.concatenate([frame.to_ndarray().mean(axis=0) for frame in container.decode(audio=0)])
    time = np.arange(2_400) / 48_000
    beep = np.sin(2 * np.pi * 1_500 * time) * np.exp(-time / 0.012)
    match = np.abs(np.correlate(heard, beep, mode="valid"))
    beeps = [
        (around + int(np.argmax(match[around : around + 4_800]))) / 48_000
        for around in (round(flash * 48_000) - 2_400 for flash in flashes)
    ]

    assert len(flashes) == 3
    assert max(abs(flash - beep) for flash, beep in zip(flashes, beeps, strict=True)) < 0.001


def test_a_player_can_start_before_it_has_the_whole_file(film):
    kinds = top_level_boxes(io.BytesIO(film.blobs.get(film.master.video.key)))

    assert kinds.index("moov") < kinds.index("mdat")


def test_the_mixers_figures_hold_in_the_master(film):
    lufs, peak = measure_loudness(io.BytesIO(film.blobs.get(film.master.video.key)))

    assert lufs == pytest.approx(film.soundtrack.integrated_lufs, abs=0.2)
    assert peak == pytest.approx(film.soundtrack.true_peak_dbtp, abs=0.3)


def test_the_same_documents_give_the_same_bytes(film):
    assert assembled(film) == assembled(film)


def test_with_a_producer_code_the_label_is_in_the_file_and_without_one_it_is_not(film):
    labelled, plain = film.master, assembled(film)

    with open_input(io.BytesIO(film.blobs.get(labelled.video.key))) as container:
        assert container.metadata["AIGC"].startswith('{"Label":"1","ContentProducer":"0011')
    assert inspect(io.BytesIO(film.blobs.get(plain.video.key)), rate=Fraction(30)).aigc is None


def test_a_missing_scene_is_a_defect(film):
    refuses(film, "assemble.scenes", segments=film.segments[:-1])
    refuses(film, "assemble.scenes", segments=film.segments[::-1])


def test_another_canvas_is_a_defect(film):
    wider = replace(film.segments[1], canvas=Canvas(width_px=110, height_px=192, rate=Fraction(30)))

    refuses(film, "assemble.canvas", segments=(film.segments[0], wider, film.segments[2]))


def test_a_segment_of_another_size_than_its_document_is_a_defect(film, make_segment: Callable[..., Segment]):
    smaller = make_segment(film.blobs, 1, 47, canvas=Canvas(width_px=96, height_px=160, rate=Fraction(30)))

    refuses(film, "assemble.canvas", segments=(film.segments[0], replace(smaller, canvas=film.master.canvas), film.segments[2]))


def test_other_encoder_parameters_are_a_defect(film, make_segment: Callable[..., Segment]):
    other = make_segment(film.blobs, 1, 47, params="ref=4:keyint=60:cabac=0")

    refuses(film, "assemble.parameters", segments=(film.segments[0], other, film.segments[2]))


def test_another_number_of_frames_than_the_document_says_is_a_defect(film):
    # One frame moves from the last scene to the one before, so the sum still fits the sound.
    longer, shorter = (replace(segment, length=segment.length + by) for segment, by in zip(film.segments[1:], (1, -1), strict=True))

    refuses(film, "assemble.frames", segments=(film.segments[0], longer, shorter))


def retimed(data: bytes, moved: Callable[[int], Fraction]) -> bytes:
    """The packets of a segment, frame n shown at frame `moved(n)` instead."""
    target = io.BytesIO()
    with open_input(io.BytesIO(data)) as source, open_output(target) as container:
        stream = container.add_stream_from_template(source.streams.video[0])
        packets = [packet for packet in source.demux(source.streams.video[0]) if packet.size]
        for packet in packets:
            unit = 1 / (30 * packet.time_base)
            packet.pts = int(moved(int(packet.pts / unit)) * unit)
            packet.dts = min(packet.dts, packet.pts)
            packet.stream = stream
            container.mux(packet)
    return target.getvalue()


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param(lambda n: n + Fraction(n == 46, 2), id="between two frames"),
        pytest.param(lambda n: n + 5 * (n == 46), id="behind a gap"),
        pytest.param(lambda n: n - (n == 46), id="two at once"),
        pytest.param(lambda n: n + (n > 0), id="all but the first one late"),
    ],
)
def test_a_segment_whose_frames_are_not_each_on_their_own_place_is_a_defect(
    film, make_segment: Callable[..., Segment], moved: Callable[[int], Fraction]
):
    film_of_one = make_segment(film.blobs, 1, 47, params="b-adapt=0:aq-mode=0:keyint=60")
    video = store_content(film.blobs, "segments", retimed(film.blobs.get(film_of_one.video.key), moved), "mp4")

    refuses(film, "assemble.grid", segments=(film.segments[0], replace(film_of_one, video=video), film.segments[2]))


def test_sound_of_another_length_is_a_defect(film):
    refuses(film, "assemble.length", soundtrack=replace(film.soundtrack, length=RationalTime(181 * 1_600 - 1, Fraction(48_000))))


def test_a_segment_with_sound_is_refused(film):
    noisy = replace(film.segments[1], video=film.master.video)

    refuses(film, "assemble.streams", InvalidInput, segments=(film.segments[0], noisy, film.segments[2]))


def test_bytes_that_are_no_video_are_refused(film):
    film.blobs.put("segments/broken.mp4", b"\0" * 400)
    broken = replace(film.segments[1], video=replace(film.segments[1].video, key="segments/broken.mp4"))

    refuses(film, "media.unreadable", InvalidInput, segments=(film.segments[0], broken, film.segments[2]))


def test_joining_stops_when_somebody_cancels(film):
    class Cancelling(RecordingContext):
        def progress(self, done: float) -> None:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        assembled(film, context=Cancelling())


def refuses(film, code: str, kind: type[DomainError] = Defect, **changes: object) -> None:
    with pytest.raises(kind) as caught:
        assembled(film, **changes)
    assert caught.value.code == code
