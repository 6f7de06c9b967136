"""Captions, headings and tags leave faces and products free."""

from dataclasses import replace

import pytest

from libs.common.media.captions import Anchor
from libs.common.media.footage import Subject
from libs.common.media.storyboard import SceneRole
from libs.common.media.timeline import OverlayKind
from services.composition.clearance import CLEAR, seen_subjects
from services.composition.layout import box_of, layout_of, place_of


def with_subjects(shot, *boxes, kind="face"):
    return replace(shot, subjects=tuple(Subject(kind=kind, left=x, top=y, width=w, height=h) for x, y, w, h in boxes))


def spoken(bench, *starts_s):
    """One short phrase at each second."""
    return [part for at in starts_s for part in (bench.word("早上装热水", at, at + 0.8), bench.mark("。"))]


def anchors(cut):
    return [caption.anchor for caption in cut.captions]


def overlay(cut, kind):
    return next(found for found in cut.overlays if found.kind is kind)


LOW, MIDDLE, HIGH = (0.3, 0.62, 0.4, 0.14), (0.3, 0.42, 0.4, 0.12), (0.3, 0.12, 0.4, 0.14)


def test_captions_stand_at_the_bottom_where_nothing_is_in_their_way(bench):
    assert set(anchors(bench.cut(bench.video(90), words=spoken(bench, 0.1, 1.5)))) == {Anchor.bottom}
    face_above = with_subjects(bench.video(90), HIGH)
    assert set(anchors(bench.cut(face_above, words=spoken(bench, 0.1, 1.5)))) == {Anchor.bottom}


@pytest.mark.parametrize(("boxes", "anchor"), [((LOW,), Anchor.middle), ((LOW, MIDDLE), Anchor.top)])
@pytest.mark.parametrize("kind", ["face", "product"])
def test_captions_move_to_the_first_free_place(bench, boxes, anchor, kind):
    cut = bench.cut(with_subjects(bench.video(90), *boxes, kind=kind), words=spoken(bench, 0.1, 1.5))
    assert set(anchors(cut)) == {anchor}
    band = layout_of(cut.canvas).caption_band(anchor)
    shot = with_subjects(bench.video(90), *boxes)
    assert all(seen.box.covered_by(band) <= CLEAR for seen in seen_subjects(cut.clips, (shot,), cut.canvas))


def test_captions_do_not_jump_inside_a_scene_with_one_free_place(bench):
    """The face of the second clip alone would let the first phrase stand at the bottom."""
    cut = bench.cut(bench.video(60), with_subjects(bench.video(60), LOW), words=spoken(bench, 0.1, 1.0, 2.2, 3.0))
    assert set(anchors(cut)) == {Anchor.middle}


def test_captions_move_with_the_picture_where_no_place_is_free_throughout(bench):
    first, second = with_subjects(bench.video(60), LOW, MIDDLE), with_subjects(bench.video(60), MIDDLE, HIGH)
    cut = bench.cut(first, second, words=spoken(bench, 0.1, 1.0, 2.2, 3.0), scene=bench.scene(on_screen_text=""))
    joint = cut.clips[1].start
    assert {c.anchor for c in cut.captions if c.start + c.length <= joint} == {Anchor.top}
    assert {c.anchor for c in cut.captions if c.start >= joint} == {Anchor.bottom}


def test_where_all_is_covered_the_least_covered_place_wins(bench):
    everywhere = with_subjects(bench.video(90), (0.0, 0.3, 1.0, 0.7))
    cut = bench.cut(everywhere, words=spoken(bench, 0.1, 1.5), scene=bench.scene(on_screen_text=""))
    assert set(anchors(cut)) == {Anchor.top}


def test_the_camera_is_followed(bench):
    """What the crop leaves out is in nobody's way, and a zoom brings a subject nearer to the edge."""
    still = bench.still(90, size=(1920, 1080))
    cut = bench.cut(bench.still(90, size=(1280, 1920)))
    outside = with_subjects(bench.still(90, size=(1280, 1920)), (0.0, 0.1, 0.01, 0.2))
    assert seen_subjects(cut.clips, (outside,), cut.canvas) == ()
    whole = bench.cut(still)
    (seen,) = seen_subjects(whole.clips, (with_subjects(still, (0.0, 0.0, 1.0, 1.0)),), whole.canvas)
    assert 0.6 < seen.box.width / seen.box.height / (16 / 9) <= 1.01


def test_a_subject_is_kept_clear_on_its_whole_way(bench):
    """The camera pans over the still: the face is in the way wherever it passes."""
    still = with_subjects(bench.still(90, size=(1600, 1920)), (0.45, 0.4, 0.1, 0.1))
    cut = bench.cut(still)
    (seen,) = seen_subjects(cut.clips, (still,), cut.canvas)
    begun, ended = (
        seen_subjects((replace(cut.clips[0], motion=replace(motion, **rest)),), (still,), cut.canvas)[0].box
        for motion in (cut.clips[0].motion,)
        for rest in (
            {"pan_x_to": motion.pan_x_from, "zoom_to": motion.zoom_from},
            {"pan_x_from": motion.pan_x_to, "zoom_from": motion.zoom_to},
        )
    )
    assert abs(begun.centre[0] - ended.centre[0]) > begun.width / 2
    assert seen.box.left <= min(begun.left, ended.left) + 1
    assert seen.box.right >= max(begun.right, ended.right) - 1


def test_a_heading_moves_off_a_face(bench):
    plain = overlay(bench.cut(with_subjects(bench.video(90), LOW)), OverlayKind.heading)
    assert plain.place is None
    cut = bench.cut(with_subjects(bench.video(90), HIGH), words=spoken(bench, 0.1, 1.5))
    moved = box_of(overlay(cut, OverlayKind.heading).place, cut.canvas)
    (seen,) = seen_subjects(cut.clips, (with_subjects(bench.video(90), HIGH),), cut.canvas)
    assert seen.box.covered_by(moved) <= CLEAR
    assert layout_of(cut.canvas).caption_band(Anchor.bottom).covered_by(moved) <= CLEAR


def test_a_price_tag_moves_off_the_product_and_off_captions(bench):
    shot = with_subjects(bench.video(90), (0.05, 0.45, 0.35, 0.15), kind="product")
    cut = bench.cut(shot, scene=bench.scene(1, SceneRole.offer, on_screen_text=""), previous=bench.cut(), words=spoken(bench, 0.1, 1.5))
    moved = box_of(overlay(cut, OverlayKind.price_tag).place, cut.canvas)
    assert all(seen.box.covered_by(moved) <= CLEAR for seen in seen_subjects(cut.clips, (shot,), cut.canvas))


def test_places_survive_the_way_to_shares_and_back(bench):
    canvas = bench.cut().canvas
    box = layout_of(canvas).caption_band(Anchor.top)
    again = box_of(place_of(box, canvas), canvas)
    assert (again.left, again.top, again.right, again.bottom) == pytest.approx((box.left, box.top, box.right, box.bottom), abs=0.3)


def test_the_platform_of_the_brief_is_kept_clear(bench):
    cut = bench.cut(brief=bench.brief(platform="shorts"))
    assert cut.safe_area == "shorts"


@pytest.mark.parametrize(
    ("role", "style", "params"),
    [
        (SceneRole.hook, "title", {"kicker": "晨野"}),
        (SceneRole.benefit, "statement", {}),
        (SceneRole.cta, "end", {"brand": "晨野", "price": "¥199", "was": "¥299"}),
    ],
)
def test_a_card_says_what_its_scene_is_for(bench, role, style, params):
    clip = bench.cut(bench.card(90), scene=bench.scene(role=role)).clips[0]
    assert (clip.style, clip.params, clip.text) == (style, params, "保温12小时")
