import io
import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import opentimelineio as otio
import pytest
from PIL import Image

from libs.common import documents
from libs.common.media.errors import Defect, Rejected
from libs.common.media.footage import Footage
from libs.common.media.rendition import Publication, Rendition
from libs.common.media.review import Decision, VideoReview
from libs.common.media.storyboard import Storyboard
from libs.common.media.timeline import Transition
from libs.common.runtime.context import RecordingContext
from services.encoding.assemble import assemble
from services.encoding.poster import best_frame, transition_frames
from services.encoding.publish import publish

ALLOWED = VideoReview(decision=Decision.allow, findings=(), policy_version="1")


def rendition_of(master) -> Rendition:
    return Rendition(
        preset="test",
        video=master.video,
        width_px=108,
        height_px=192,
        length=master.length,
        bitrate_bps=1,
        compression_ratio=1.0,
        copied=True,
    )


def published(film, *, context: RecordingContext | None = None, **changes: object) -> Publication:
    given = {
        "storyboard": film.storyboard,
        "utterances": film.utterances,
        "footages": film.footages,
        "cuts": film.cuts,
        "segments": film.segments,
        "soundtrack": film.soundtrack,
        "master": film.master,
        "renditions": (rendition_of(film.master),),
        "video_review": ALLOWED,
    } | changes
    return publish(film.brief, *given.values(), blobs=film.blobs, context=context or RecordingContext())


@pytest.fixture(scope="module")
def publication(film) -> Publication:
    return published(film)


def test_the_measured_error_of_picture_sound_and_captions_is_under_a_millisecond(publication: Publication):
    assert 0 <= publication.sync_error_ms < 1


def test_sound_in_the_wrong_place_shows_in_the_measured_error(film, make_utterance):
    # The plan says another sound than the one that was mixed: ten milliseconds later.
    first = film.utterances[0]
    with io.BytesIO(film.blobs.get(first.audio.key)) as source:
        samples = np.frombuffer(source.getvalue()[44:], "<i2") / 32_767
    later = make_utterance(film.blobs, 0, first.length.value, np.roll(samples, 480))

    context = RecordingContext()
    publication = published(film, utterances=(later, *film.utterances[1:]), context=context)

    assert publication.sync_error_ms == pytest.approx(10, abs=0.1)
    assert context.figures["sync_voice_ms"] == pytest.approx(10, abs=0.1)
    assert context.figures["sync_container_ms"] == 0


def test_a_cut_in_the_wrong_place_shows_in_the_measured_error(film):
    """The finished file has the pictures of the second scene two frames late, under time stamps that are all right."""
    context = RecordingContext()
    late = replace(film.master, scene_starts=(0, 59, 108))

    publication = published(film, master=late, context=context)

    assert publication.sync_error_ms == pytest.approx(2 / 30 * 1000, abs=0.1)
    assert context.figures["sync_cut_ms"] == pytest.approx(2 / 30 * 1000, abs=0.1)
    assert context.figures["sync_container_ms"] == 0


def test_a_scene_whose_first_picture_is_not_there_is_a_defect(film, make_segment):
    other = replace(film.segments[1], video=make_segment(film.blobs, 1, 47, noise=3).video)

    with pytest.raises(Defect) as refused:
        published(film, segments=(film.segments[0], other, film.segments[2]))

    assert refused.value.code == "publish.cut"


def test_captions_are_at_the_frames_where_they_are_drawn(film, publication: Publication):
    text = film.blobs.get(publication.captions.key).decode()

    assert [line for line in text.splitlines() if "-->" in line] == [
        "00:00:00.567 --> 00:00:01.067",
        "00:00:02.600 --> 00:00:03.100",
        "00:00:04.167 --> 00:00:04.667",
    ]


def test_the_poster_is_a_picture_of_the_video_outside_transitions_and_flashes(film, publication: Publication):
    with Image.open(io.BytesIO(film.blobs.get(publication.poster.key)), formats=["JPEG"]) as poster:
        pixels = np.asarray(poster)

    assert pixels.shape == (192, 108, 3)
    assert 40 < pixels.mean() < 180


def test_a_frame_inside_a_transition_is_never_the_poster(film):
    with io.BytesIO(film.blobs.get(film.master.video.key)) as video:
        free, _ = best_frame(video, film.cuts)
        scene = max(n for n, start in enumerate(film.master.scene_starts) if start <= free)
        transition = Transition(name="crossfade", length=free - film.master.scene_starts[scene] + 1, outgoing=film.cuts[scene].clips[0])
        cuts = tuple(replace(cut, transition=transition) if n == scene else cut for n, cut in enumerate(film.cuts))

        number, _ = best_frame(video, cuts)

    assert number != free
    assert number not in transition_frames(cuts)


def test_the_timeline_opens_in_an_editor_and_in_our_own_reader(film, publication: Publication):
    timeline = otio.adapters.read_from_string(film.blobs.get(publication.otio.key).decode(), "otio_json")
    ours = json.loads(film.blobs.get(publication.timeline.key))

    assert timeline.duration() == otio.opentime.RationalTime(181, 30)
    assert ours["length"] == 181
    assert documents.load(Storyboard, film.blobs.get(publication.script.key)) == film.storyboard


def test_both_labels_are_read_back(publication: Publication):
    visible, aigc = publication.labels

    assert (visible.kind, visible.written) == ("visible", True)
    assert (aigc.kind, aigc.written) == ("aigc", True)
    assert json.loads(aigc.detail)["ContentProducer"].startswith("0011")


def test_without_a_producer_code_the_publication_says_so(film):
    plain = assemble(film.storyboard, film.segments, film.soundtrack, blobs=film.blobs, content_producer=None, context=RecordingContext())

    publication = published(film, master=plain, renditions=(rendition_of(plain),))

    assert not publication.labels[1].written


def test_fall_backs_are_told(film):
    footages = (Footage(scene=0, shots=(), fallback="text_card"), *film.footages[1:])

    publication = published(film, footages=footages)

    assert publication.degraded == ("Scene 1: neither a clip nor an image fitted, a text card stands in",)


def test_what_the_render_noted_is_told(film):
    noted = replace(film.segments[1], notes=("the kernel is not there",))

    publication = published(film, segments=(film.segments[0], noted, film.segments[2]))

    assert publication.degraded == ("Scene 2: the kernel is not there",)


def test_a_blocked_video_is_not_published(film):
    with pytest.raises(Rejected):
        published(film, video_review=replace(ALLOWED, decision=Decision.block))


@pytest.mark.parametrize("change", [{"width_px": 110}, {"length": None}])
def test_a_file_that_is_not_what_its_document_says_is_a_defect(film, change: dict[str, object]):
    rendition = rendition_of(film.master)
    wrong = replace(rendition, **({"length": replace(rendition.length, value=182)} if change == {"length": None} else change))

    with pytest.raises(Defect) as caught:
        published(film, renditions=(wrong,))
    assert caught.value.code == "publish.verify"


def test_a_file_that_is_louder_than_its_soundtrack_says_is_a_defect(film):
    with pytest.raises(Defect) as caught:
        published(film, soundtrack=replace(film.soundtrack, integrated_lufs=-18.0))
    assert caught.value.code == "publish.loudness"


def test_the_same_documents_give_the_same_publication(film, publication: Publication):
    assert documents.dump(published(film)) == documents.dump(publication)


def test_caption_and_voice_are_compared_too(film):
    context = RecordingContext()

    published(film, context=context)

    assert context.figures["caption_to_voice_ms"] < 17
    assert context.figures["sync_caption_ms"] <= float(Fraction(1, 2))
