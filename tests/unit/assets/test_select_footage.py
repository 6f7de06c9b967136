"""Footage is chosen by rules that can be told: relevant, long enough, never twice, and honest where nothing fits."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from libs.common import documents
from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.brief import Aspect, Brief, ImageRef, Scenario
from libs.common.media.errors import InvalidInput
from libs.common.media.footage import Footage, MediaKind
from libs.common.media.sound import Utterance
from libs.common.media.storyboard import Scene, SceneRole
from libs.common.runtime.context import RecordingContext
from services.assets.choose import HANDLE, RELEVANT, in_point
from services.assets.library import FixedLibrary
from services.assets.search import Found
from services.assets.select import select, split

Make = Callable[..., Scene]
Speak = Callable[..., Utterance]
Find = Callable[..., Found]


def choose(
    brief: Brief,
    scene: Scene,
    utterance: Utterance,
    found: list[Found],
    previous: Footage | None = None,
    blobs: MemoryBlobStore | None = None,
) -> Footage:
    library = FixedLibrary(found)
    return select(brief, scene, utterance, previous, library=library, blobs=blobs or MemoryBlobStore(), context=RecordingContext())


def with_images(brief: Brief, blobs: MemoryBlobStore, count: int) -> Brief:
    refs = []
    for number in range(count):
        data = io.BytesIO()
        Image.new("RGB", (40 + number, 60)).save(data, "PNG")
        refs.append(ImageRef(upload=store_content(blobs, "uploads", data.getvalue(), "png").key))
    return replace(brief, product=replace(brief.product, images=tuple(refs)))


def ids(footage: Footage) -> list[str | None]:
    return [shot.clip_id for shot in footage.shots]


def test_the_most_relevant_clip_is_shown(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    footage = choose(brief, scene(), utterance(90), [found("good", relevance=0.7), found("better", relevance=0.9)])

    assert ids(footage) == ["better"]
    assert footage.fallback is None


def test_a_clip_that_does_not_show_it_is_refused(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    footage = choose(brief, scene(), utterance(90), [found("off", relevance=RELEVANT - 0.01)])

    assert footage.fallback == "text_card"
    assert footage.shots[0].media.kind is MediaKind.card
    assert "closely enough" in footage.shots[0].reason


def test_shares_add_up_to_the_scene(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    for frames in (37, 90, 121, 200, 451):
        footage = choose(brief, scene(), utterance(frames, (20, 55, 70, 90, 130)), [found("a", seconds=20), found("b", seconds=20)])

        assert sum(shot.share.value for shot in footage.shots) == frames


def test_a_long_scene_gets_two_shots_cut_at_a_word(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    footage = choose(brief, scene(), utterance(180, (10, 50, 84, 130)), [found("a"), found("b")])

    assert len(footage.shots) == 2
    assert footage.shots[0].share.value == 84


def test_a_short_scene_stays_whole(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    assert len(choose(brief, scene(), utterance(120, (60,)), [found("a"), found("b")]).shots) == 1


def test_a_second_shot_has_to_be_nearly_as_good(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    footage = choose(brief, scene(), utterance(180), [found("a", relevance=0.9), found("b", relevance=0.5)])

    assert ids(footage) == ["a"]


def test_two_short_clips_stand_in_where_none_is_long_enough(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    footage = choose(brief, scene(), utterance(110), [found("a", seconds=2), found("b", seconds=2)])

    assert set(ids(footage)) == {"a", "b"}


def test_film_is_never_stretched(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    assert choose(brief, scene(), utterance(90), [found("short", seconds=1)]).fallback == "text_card"


def test_the_part_shown_lies_in_the_clip_with_handles(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    (shot,) = choose(brief, scene(), utterance(90), [found("a", seconds=8)]).shots

    assert shot.source_range is not None
    start, length = shot.source_range.start.value, shot.source_range.duration.value
    assert length == 90
    assert HANDLE <= start <= 240 - 90 - HANDLE


def test_another_frame_rate_of_the_video_keeps_the_grid_of_the_clip(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    (shot,) = choose(brief, scene(), utterance(75, rate=25), [found("a")]).shots

    assert shot.source_range is not None
    assert (shot.source_range.duration.value, shot.source_range.duration.rate) == (90, 30)


def test_no_clip_is_shown_twice_in_a_video(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    clips = [found("a"), found("b")]
    first = choose(brief, scene(), utterance(90), clips)
    second = choose(brief, scene(index=1), utterance(90), clips, previous=first)
    third = choose(brief, scene(index=2), utterance(90), clips, previous=second)

    assert {*ids(first), *ids(second)} == {"a", "b"}
    assert third.fallback == "text_card"
    assert set(third.used) == {"a", "b"}


def test_the_videos_shape_is_preferred_among_equals(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    wide, tall = found("wide", size=(1920, 1080)), found("tall")

    assert ids(choose(brief, scene(), utterance(90), [wide, tall])) == ["tall"]
    assert ids(choose(replace(brief, aspect=Aspect.landscape), scene(), utterance(90), [wide, tall])) == ["wide"]


def test_room_for_handles_is_preferred_among_equals(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    assert ids(choose(brief, scene(), utterance(90), [found("tight", seconds=3), found("roomy")])) == ["roomy"]


def test_equal_inputs_give_equal_documents(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    clips = [found(name) for name in "abcdef"]

    assert documents.dump(choose(brief, scene(), utterance(150), clips)) == documents.dump(
        choose(brief, scene(), utterance(150), clips[::-1])
    )


def test_the_seed_chooses_among_near_ties(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    clips = [found(name) for name in "abcdef"]

    chosen = {ids(choose(replace(brief, seed=seed), scene(), utterance(90), clips))[0] for seed in range(12)}

    assert len(chosen) > 2


def test_the_offer_shows_the_product(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    blobs = MemoryBlobStore()
    ours = with_images(brief, blobs, 1)

    footage = choose(ours, scene(role=SceneRole.offer), utterance(90), [found("a", relevance=0.9)], blobs=blobs)

    (shot,) = footage.shots
    assert (shot.media.kind, shot.media.width_px, shot.media.height_px) == (MediaKind.image, 40, 60)
    assert (footage.fallback, footage.used) == (None, (ours.product.images[0].upload,))


def test_a_scene_that_names_the_product_shows_it(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    blobs = MemoryBlobStore()
    ours = with_images(brief, blobs, 2)

    footage = choose(ours, scene(visual_query="the aurora mug on a desk"), utterance(90), [found("a")], blobs=blobs)

    assert footage.used == (ours.product.images[1].upload,)


def test_the_first_image_is_kept_for_the_offer(brief: Brief, scene: Make, utterance: Speak) -> None:
    blobs = MemoryBlobStore()
    ours = with_images(brief, blobs, 1)

    assert choose(ours, scene(role=SceneRole.hook), utterance(90), [], blobs=blobs).fallback == "text_card"
    assert choose(ours, scene(role=SceneRole.cta), utterance(90), [], blobs=blobs).fallback == "product_image"


def test_outside_shops_no_image_is_kept_back(brief: Brief, scene: Make, utterance: Speak) -> None:
    blobs = MemoryBlobStore()
    ours = replace(with_images(brief, blobs, 1), scenario=Scenario.news)

    assert choose(ours, scene(role=SceneRole.hook), utterance(90), [], blobs=blobs).fallback == "product_image"


def test_an_upload_that_is_gone_is_named(brief: Brief, scene: Make, utterance: Speak) -> None:
    ours = replace(brief, product=replace(brief.product, images=(ImageRef(upload="uploads/" + "0" * 64 + ".png"),)))

    with pytest.raises(InvalidInput) as caught:
        choose(ours, scene(role=SceneRole.offer), utterance(90), [])

    assert (caught.value.code, caught.value.field) == ("image.not_found", "/product/images/0")


def test_stills_of_the_library_stand_as_long_as_needed(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    (shot,) = choose(brief, scene(), utterance(90), [found("still", kind=MediaKind.image)]).shots

    assert (shot.source_range, shot.media.length, shot.media.kind) == (None, None, MediaKind.image)


def test_the_question_carries_picture_keywords_and_voice(brief: Brief, scene: Make, utterance: Speak) -> None:
    library = FixedLibrary()
    previous = Footage(scene=0, shots=(), used=("seen",))

    select(brief, scene(index=1), utterance(90), previous, library=library, blobs=MemoryBlobStore(), context=RecordingContext())

    (asked,) = library.asked
    assert (asked.text, asked.keywords, asked.narration) == ("steam rises from a cup", ("steam", "cup"), "It keeps tea hot.")
    assert asked.with_media
    assert asked.exclude == {"seen"}


def test_a_shot_says_why_and_under_which_licence(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    (shot,) = choose(brief, scene(), utterance(90), [found("cup")]).shots

    assert shot.reason == "relevance 0.70; meaning 0.60; 50% of the words; the video's shape; 12.0 s long"
    assert (shot.title, shot.licence) == ("Cup", "CC0")


@pytest.mark.parametrize(
    ("frames", "wanted", "start"),
    [(90, 90, 0), (95, 90, 0), (102, 90, 0), (106, 90, 4), (113, 90, 11), (114, 90, 12)],
)
def test_with_little_room_the_end_keeps_its_handle(frames: int, wanted: int, start: int) -> None:
    assert in_point(frames, wanted, at=0.9) == start


def test_a_key_frame_is_put_in_the_middle() -> None:
    assert in_point(300, 60, marks=(0.1, 7.0), at=0.5) == 210 - 30


def test_the_cut_is_near_the_middle_or_not_at_a_word(utterance: Speak) -> None:
    parts = split(utterance(200, (5, 190)))

    assert parts is not None
    assert parts[0].value == 100


def test_a_scene_too_short_for_two_is_not_split(utterance: Speak) -> None:
    assert split(utterance(71, (35,))) is None


def test_each_scene_starts_where_the_one_before_ends(brief: Brief, scene: Make, utterance: Speak, found: Find) -> None:
    clips = [found(name, relevance=0.9) for name in "abcdef"]
    first = choose(brief, scene(), utterance(171), clips)
    second = choose(brief, scene(index=1), utterance(90), clips, previous=first)
    third = choose(brief, scene(index=2), utterance(60), clips, previous=second)

    assert [footage.start.value for footage in (first, second, third)] == [0, 171, 261]
