from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from libs.common import documents
from libs.common.media.brief import BrandKit, Language, Scenario
from libs.common.media.errors import Defect, InvalidInput
from libs.common.media.footage import MediaKind
from libs.common.media.storyboard import SceneRole
from libs.common.media.timeline import Fit, OverlayKind


def overlay(cut, kind):
    return next((found for found in cut.overlays if found.kind is kind), None)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shares=st.lists(st.integers(1, 120), min_size=1, max_size=4), lead=st.integers(13, 90), tail=st.integers(0, 40))
def test_clips_lie_end_to_end_and_transitions_stay_in_the_handles(bench, shares, lead, tail):
    first = bench.cut(bench.video(lead, start=5, source_frames=5 + lead + tail))
    cut = bench.cut(*(bench.video(share) for share in shares), scene=bench.scene(1), previous=first)
    assert [clip.start for clip in cut.clips] == [sum(shares[:n]) for n in range(len(shares))]
    assert sum(clip.length for clip in cut.clips) == cut.length == sum(shares)
    overlap = min(12, cut.length // 2)
    if cut.transition is None:
        assert tail < overlap or overlap == 0
    else:
        outgoing = cut.transition.outgoing
        assert cut.transition.length == outgoing.length == overlap
        assert outgoing.source_start.value == 5 + lead
        assert outgoing.source_start.value + overlap <= outgoing.media.length.value


def test_the_same_inputs_give_the_same_bytes(bench):
    words = [bench.word("早上", 0.1, 0.5), bench.word("装", 0.5, 0.7), bench.word("热水", 0.7, 1.2), bench.mark("。")]
    assert documents.dump(bench.cut(words=words)) == documents.dump(bench.cut(words=words))


def test_a_source_without_a_handle_is_cut_plainly(bench):
    first = bench.cut(bench.video(60, source_frames=60))
    assert bench.cut(scene=bench.scene(1), previous=first).transition is None


@pytest.mark.parametrize("shot", ["still", "card"])
def test_what_does_not_move_can_always_be_mixed_over(bench, shot):
    first = bench.cut(getattr(bench, shot)(60))
    outgoing = bench.cut(scene=bench.scene(1), previous=first).transition.outgoing
    assert outgoing.source_start is None
    assert outgoing.motion.zoom_from == outgoing.motion.zoom_to == first.clips[-1].motion.zoom_to


def test_the_first_scene_and_a_cut_have_no_transition(bench):
    assert bench.cut().transition is None
    assert bench.cut(scene=bench.scene(1, transition="cut"), previous=bench.cut()).transition is None


def test_an_unknown_transition_is_refused_by_name(bench):
    with pytest.raises(InvalidInput) as refused:
        bench.cut(scene=bench.scene(transition="star-wipe"))
    assert refused.value.field == "/transition/name"


def test_footage_that_does_not_fill_the_scene_is_a_defect(bench):
    with pytest.raises(Defect):
        bench.cut(bench.video(60), frames=61)


def test_a_wide_picture_is_shown_whole_over_its_own_blur(bench):
    assert bench.cut(bench.video(60, size=(1920, 1080))).clips[0].fit is Fit.blur
    assert bench.cut(bench.video(60, size=(1080, 1440))).clips[0].fit is Fit.fill


def test_a_product_is_not_cut_to_pieces_and_keeps_its_colours(bench):
    product, library = bench.cut(bench.still(60, size=(1080, 1440), clip_id=None)), bench.cut(bench.still(60, size=(1080, 1440)))
    assert product.clips[0].fit is Fit.blur
    assert library.clips[0].fit is Fit.fill
    assert product.clips[0].effects == ()
    assert [effect.name for effect in library.clips[0].effects] == ["grade", "vignette"]


def test_a_still_moves_more_than_a_video(bench):
    still, video = bench.cut(bench.still(60)).clips[0].motion, bench.cut().clips[0].motion
    assert abs(still.zoom_to - still.zoom_from) >= 0.15
    assert {video.zoom_from, video.zoom_to} == {1.0, 1.06}


def test_neighbouring_clips_move_differently(bench):
    first, second = bench.cut(bench.video(45), bench.video(45)).clips
    assert first.motion != second.motion


def test_the_ai_label_stands_at_least_two_seconds_in_the_opening(bench):
    label = overlay(bench.cut(), OverlayKind.label)
    assert (label.text, label.start, label.length) == ("AI生成", 0, 90)
    assert overlay(bench.cut(scene=bench.scene(1), previous=bench.cut()), OverlayKind.label) is None


def test_a_short_opening_hands_the_label_on(bench):
    opening = bench.cut(bench.video(40))
    label = overlay(bench.cut(scene=bench.scene(1), previous=opening), OverlayKind.label)
    assert label.length == 60


def test_the_label_speaks_the_language_of_the_brief(bench):
    assert overlay(bench.cut(brief=bench.brief(language=Language.en)), OverlayKind.label).text == "AI-generated"


def test_the_price_stands_on_offers_of_shops_only(bench):
    offer = bench.scene(1, SceneRole.offer)
    tag = overlay(bench.cut(scene=offer, previous=bench.cut()), OverlayKind.price_tag)
    assert (tag.text, tag.subtext) == ("¥199", "¥299")
    assert tag.start + tag.length == 90
    assert overlay(bench.cut(), OverlayKind.price_tag) is None
    news = bench.brief(scenario=Scenario.news)
    assert overlay(bench.cut(brief=news, scene=offer, previous=bench.cut()), OverlayKind.price_tag) is None


def test_the_logo_stands_throughout_and_enters_once(bench):
    brief = bench.brief(product={"brand": bench.logo()})
    first = bench.cut(brief=brief)
    second = bench.cut(brief=brief, scene=bench.scene(1), previous=first)
    logos = [overlay(cut, OverlayKind.logo) for cut in (first, second)]
    assert [(logo.start, logo.length, logo.enters) for logo in logos] == [(0, 90, True), (0, 90, False)]
    assert logos[0].image.size_bytes == len(b"not looked at here")


def test_a_brand_without_a_logo_is_written_and_no_brand_leaves_nothing(bench):
    assert overlay(bench.cut(), OverlayKind.logo).text == "晨野"
    assert overlay(bench.cut(brief=bench.brief(product={"brand": BrandKit()})), OverlayKind.logo) is None


def test_a_heading_stands_two_to_three_seconds_and_never_over_a_card(bench):
    heading = overlay(bench.cut(bench.video(150)), OverlayKind.heading)
    assert heading.length == 75
    assert overlay(bench.cut(bench.card(90)), OverlayKind.heading) is None
    mixed = bench.cut(bench.video(40), bench.card(50))
    assert overlay(mixed, OverlayKind.heading).start + overlay(mixed, OverlayKind.heading).length == 40
    assert mixed.clips[1].media.kind is MediaKind.card
    assert mixed.clips[1].text == "保温12小时"


def test_captions_can_be_left_out(bench):
    words = [bench.word("早上", 0.1, 0.5)]
    assert bench.cut(words=words).captions
    assert bench.cut(words=words, brief=bench.brief(captions=False)).captions == ()


def test_a_cut_names_the_sizes_that_are_wanted_besides_its_own(bench):
    both, again = (bench.cut(brief=bench.brief(presets=names)) for names in (("1080p", "540p"), ("540p", "1080p")))
    assert [(size.preset, size.canvas.width_px, size.canvas.height_px) for size in both.renditions] == [("540p", 540, 960)]
    assert both == again
    assert bench.cut(brief=bench.brief(presets=("540p",))).renditions == ()


@pytest.mark.parametrize(("words", "stands"), [("199元", False), ("限时优惠", True)])
def test_a_heading_does_not_say_the_price_that_the_tag_says(bench, words, stands):
    offer = replace(bench.scene(3, SceneRole.offer), on_screen_text=words)
    found = bench.cut(bench.video(150), scene=offer)
    assert overlay(found, OverlayKind.price_tag) is not None
    assert (overlay(found, OverlayKind.heading) is not None) == stands
