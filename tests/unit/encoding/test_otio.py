from collections.abc import Callable
from dataclasses import replace

import opentimelineio as otio

from libs.common.media.footage import Media, MediaKind
from libs.common.media.sound import Soundtrack, Utterance
from libs.common.media.timeline import Clip, Cut
from services.encoding.otio import otio_json


def opened(data: bytes) -> otio.schema.Timeline:
    return otio.adapters.read_from_string(data.decode(), "otio_json")


def test_the_timeline_opens_again_and_lasts_as_long(
    make_cut: Callable[..., Cut], make_utterance: Callable[..., Utterance], soundtrack: Soundtrack
):
    cuts = (make_cut(0, 31, (3, 10, "手冲壶")), make_cut(1, 69))
    utterances = (make_utterance(0, 31), make_utterance(1, 69))

    timeline = opened(otio_json("手冲壶", cuts, utterances, soundtrack))

    picture, sound, voice = timeline.tracks
    assert timeline.name == "手冲壶"
    assert picture.duration() == otio.opentime.RationalTime(100, 30)
    assert sound.duration().to_seconds() == voice.duration().to_seconds() == 100 / 30
    assert not voice.enabled
    assert [marker.name for marker in picture.markers] == ["手冲壶"]


def test_a_clip_keeps_its_source_and_its_effects(
    make_cut: Callable[..., Cut], make_utterance: Callable[..., Utterance], soundtrack: Soundtrack
):
    cut = make_cut(0, 31)

    (clip,) = opened(otio_json("t", (cut,), (make_utterance(0, 31),), soundtrack)).tracks[0]

    assert clip.media_reference.target_url == cut.clips[0].media.blob.key
    assert clip.source_range.start_time == otio.opentime.RationalTime(50, 25)
    assert clip.source_range.duration == otio.opentime.RationalTime(31, 30)
    assert clip.available_range().duration == otio.opentime.RationalTime(250, 25)
    assert clip.effects[0].effect_name == "vignette"
    assert clip.effects[0].metadata["reelsmith"] == {"strength": 0.4}


def test_a_transition_stands_before_the_clip_that_owns_it_and_takes_no_time(
    make_cut: Callable[..., Cut], make_utterance: Callable[..., Utterance], soundtrack: Soundtrack
):
    cuts = (make_cut(0, 31), make_cut(1, 69))

    first, transition, second = opened(otio_json("t", cuts, (make_utterance(0, 31), make_utterance(1, 69)), soundtrack)).tracks[0]

    assert isinstance(first, otio.schema.Clip)
    assert isinstance(second, otio.schema.Clip)
    assert transition.in_offset.value == 0
    assert transition.out_offset == otio.opentime.RationalTime(12, 30)


def test_a_card_is_a_generator_not_missing_media(
    make_cut: Callable[..., Cut], make_utterance: Callable[..., Utterance], soundtrack: Soundtrack
):
    card = Clip(media=Media(kind=MediaKind.card), start=0, length=31, source_start=None, text="手冲壶")
    cut = replace(make_cut(0, 31), clips=(card,))

    (clip,) = opened(otio_json("t", (cut,), (make_utterance(0, 31),), soundtrack)).tracks[0]

    assert clip.media_reference.generator_kind == "card"
    assert clip.media_reference.parameters["text"] == "手冲壶"


def test_the_same_edit_is_the_same_file(make_cut: Callable[..., Cut], make_utterance: Callable[..., Utterance], soundtrack: Soundtrack):
    one, two = (otio_json("t", (make_cut(0, 31),), (make_utterance(0, 31),), soundtrack) for _ in range(2))

    assert one == two
