"""Renditions whose pictures came with the segments."""

import io
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from libs.common.media.errors import Cancelled, Defect
from libs.common.media.render import Segment, SmallSegment
from libs.common.media.rendition import Rendition
from libs.common.media.review import Decision, VideoReview
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import RecordingContext
from services.encoding.encode import encode
from services.encoding.publish import publish
from services.encoding.quality import inspect

SMALL = Canvas(width_px=540, height_px=960, rate=Fraction(30))


@pytest.fixture(scope="module")
def segments(film, make_segment: Callable[..., Segment]) -> tuple[Segment, ...]:
    """The film's, with the same pictures in the preset's size."""

    def both(segment: Segment) -> Segment:
        video = make_segment(film.blobs, segment.scene, segment.length, canvas=SMALL).video
        return replace(segment, smaller=(SmallSegment(preset="540p", video=video, canvas=SMALL, encoder="fast"),))

    return tuple(map(both, film.segments))


def made(film, segments: tuple[Segment, ...], context: RecordingContext | None = None, **changes: object) -> Rendition:
    given = {"soundtrack": film.soundtrack, "master": film.master} | changes
    return encode(film.brief, segments, *given.values(), blobs=film.blobs, threads=1, context=context or RecordingContext(key="540p"))


def packets(data: bytes, kind: str) -> list[bytes]:
    with open_input(io.BytesIO(data)) as container:
        stream = next(stream for stream in container.streams if stream.type == kind)
        return [bytes(packet) for packet in container.demux(stream) if packet.size]


def without(segments: tuple[Segment, ...], scene: int, **changes: object) -> tuple[Segment, ...]:
    """One segment's smaller size is another, or none."""

    def changed(segment: Segment) -> Segment:
        if segment.scene != scene:
            return segment
        return replace(segment, smaller=tuple(replace(small, **changes) for small in segment.smaller) if changes else ())

    return tuple(map(changed, segments))


def test_the_pictures_are_the_segments_and_the_sound_is_the_masters_byte_for_byte(film, segments):
    context = RecordingContext(key="540p")
    rendition = made(film, segments, context)
    data = film.blobs.get(rendition.video.key)

    assert packets(data, "video") == [
        packet for segment in segments for packet in packets(film.blobs.get(segment.smaller[0].video.key), "video")
    ]
    assert packets(data, "audio") == packets(film.blobs.get(film.master.video.key), "audio")
    assert (context.figures["joined"], context.figures["copied"], context.figures["scenes_without_size"]) == (True, False, [])
    assert not rendition.copied


def test_every_frame_is_in_place_and_the_file_is_as_the_document_says(film, segments):
    rendition = made(film, segments)
    found = inspect(io.BytesIO(film.blobs.get(rendition.video.key)), rate=Fraction(30))
    master = inspect(io.BytesIO(film.blobs.get(film.master.video.key)), rate=Fraction(30))

    assert (found.width_px, found.height_px) == (rendition.width_px, rendition.height_px) == (540, 960)
    assert (found.frames, found.picture_error, found.steady, found.index_first) == (181, 0, True, True)
    assert (found.sound_samples, found.sound_start) == (master.sound_samples, master.sound_start)
    assert found.aigc == master.aigc is not None
    assert rendition.length == RationalTime(181, Fraction(30))


def test_each_scene_begins_with_a_key_frame(film, segments):
    data = film.blobs.get(made(film, segments).video.key)
    with open_input(io.BytesIO(data)) as container:
        keys = {packet.pts * packet.time_base * 30 for packet in container.demux(video=0) if packet.size and packet.is_keyframe}

    assert set(film.master.scene_starts) <= keys


def test_what_is_published_is_measured_on_it(film, segments):
    allowed = VideoReview(decision=Decision.allow, findings=(), policy_version="1")
    context = RecordingContext()
    documents = (film.storyboard, film.utterances, film.footages, film.cuts, segments, film.soundtrack, film.master)

    publication = publish(film.brief, *documents, (made(film, segments),), allowed, blobs=film.blobs, context=context)

    assert context.figures["sync_cut_ms"] == context.figures["sync_container_ms"] == 0
    assert publication.sync_error_ms < 1


@pytest.mark.parametrize(
    "changes",
    [{}, {"preset": "720p"}, {"encoder": "archive"}, {"canvas": Canvas(width_px=540, height_px=540, rate=Fraction(30))}],
    ids=["none", "another preset", "another encoder", "another shape"],
)
def test_where_one_segment_has_not_the_size_the_master_is_scaled(film, segments, changes):
    context = RecordingContext(key="540p")
    rendition = made(film, without(segments, 1, **changes), context)
    found = inspect(io.BytesIO(film.blobs.get(rendition.video.key)), rate=Fraction(30))

    assert (context.figures["joined"], context.figures["scenes_without_size"]) == (False, [1])
    assert (found.frames, found.picture_error, found.width_px) == (181, 0, 540)


def test_segments_of_another_video_are_refused(film, segments):
    with pytest.raises(Defect) as refused:
        made(film, segments, master=replace(film.master, scene_starts=(0, 60, 108)))
    assert refused.value.code == "encode.scenes"


def test_sound_of_another_length_is_refused(film, segments):
    longer = replace(film.soundtrack, length=RationalTime(film.soundtrack.length.value + 1, film.soundtrack.length.rate))
    with pytest.raises(Defect) as refused:
        made(film, segments, soundtrack=longer)
    assert refused.value.code == "encode.verify"


def test_a_small_segment_with_a_frame_less_is_refused(film, segments, make_segment):
    short = make_segment(film.blobs, 1, segments[1].length - 1, canvas=SMALL).video
    with pytest.raises(Defect) as refused:
        made(film, without(segments, 1, video=short))
    assert refused.value.code == "assemble.frames"


def test_joining_stops_when_somebody_cancels_and_stores_nothing(film, segments):
    class Cancelling(RecordingContext):
        def progress(self, done: float) -> None:
            raise Cancelled("stop")

    before = set(film.blobs.keys("renditions/"))
    with pytest.raises(Cancelled):
        made(film, segments, Cancelling(key="540p"))
    assert set(film.blobs.keys("renditions/")) == before


def test_a_joined_rendition_looks_like_a_scaled_one(film, segments):
    def lumas(rendition: Rendition) -> list[float]:
        with open_input(io.BytesIO(film.blobs.get(rendition.video.key))) as container:
            return [float(frame.to_ndarray()[:960].mean()) for frame in container.decode(video=0)]

    joined, scaled = lumas(made(film, segments)), lumas(made(film, without(segments, 0)))
    assert np.abs(np.array(joined) - scaled).max() < 2  # also the one white frame of each scene
