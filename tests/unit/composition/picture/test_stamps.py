"""How drawings come, stand and go."""

from dataclasses import replace
from fractions import Fraction

import pytest

from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Canvas, Overlay, OverlayKind
from services.composition.overlays import overlay_params
from services.composition.plan import ScenePlan
from services.composition.recipe import PatchKind
from services.composition.stamps import caption_stamp, overlay_stamp

CANVAS = Canvas(width_px=360, height_px=640, rate=Fraction(30))
LENGTH = 90


def stamps(kind=OverlayKind.text, enters=True, **params):
    overlay = Overlay(kind=kind, start=10, length=LENGTH, text="x", enters=enters, params=params)
    return [overlay_stamp(0, overlay, overlay_params(overlay), number, CANVAS) for number in range(10, 10 + LENGTH)]


@pytest.mark.parametrize("enter", ["none", "fade", "drop", "rise", "from_left", "from_right", "pop"])
@pytest.mark.parametrize("leave", ["none", "fade", "drop", "rise", "to_left", "to_right", "shrink"])
def test_what_has_come_in_stands_sharp_and_still(enter, leave):
    found = stamps(enter=enter, leave=leave, move_s=0.4)
    rest = found[12:83]
    assert all((stamp.dx, stamp.dy, stamp.scale, stamp.opacity) == (0, 0, 1.0, 1.0) for stamp in rest)
    assert all(stamp.dx % 2 == stamp.dy % 2 == 0 for stamp in found)
    assert all(0 <= stamp.opacity <= 1 and 0.3 <= stamp.scale <= 1.2 for stamp in found)
    assert (found[0] == rest[0]) is (enter == "none")
    assert (found[-1] == rest[0]) is (leave == "none")


def test_what_stands_on_from_the_scene_before_does_not_come_in_again():
    assert stamps(enters=False, enter="pop")[0].scale == 1


def test_a_price_tag_breathes_and_can_be_told_not_to():
    assert max(stamp.scale for stamp in stamps(OverlayKind.price_tag)[30:]) == pytest.approx(1.04, abs=0.002)
    assert {stamp.scale for stamp in stamps(OverlayKind.price_tag, pulse=0.0)} == {1.0}


def test_a_caption_is_not_scaled_at_rest():
    """No resampling: type is as sharp as it was drawn."""
    assert {caption_stamp(0, age, CANVAS).scale for age in range(6, 90)} == {1.0}


def spoken(bench, style):
    words = (CaptionWord(text="早上", start=0, length=20), CaptionWord(text="热水", start=20, length=30))
    cut = replace(bench.cut(), captions=(Caption(start=0, length=60, words=words),), caption_style=style)
    plan = ScenePlan(cut)
    shown = []
    for number in range(60):
        patch = [plan.patches[s.patch] for s in plan.frame(number).stamps if plan.patches[s.patch].kind is PatchKind.caption]
        shown.append((patch[0].active, patch[0].arrived))
    return shown


def test_a_style_that_stands_still_is_drawn_once_a_word(bench):
    assert set(spoken(bench, "karaoke")) == {(0, 1.0), (1, 1.0)}


def test_a_style_that_moves_is_drawn_in_the_frames_in_which_a_word_comes_in(bench):
    shown = spoken(bench, "bounce")
    assert shown[0] == (0, 1 / 7)
    assert shown[6] == shown[19] == (0, 1.0)
    assert shown[20] == (1, 1 / 7)
    assert shown[26] == shown[59] == (1, 1.0)


def test_an_overlay_that_changes_is_planned_once_for_each_state(bench):
    countdown = Overlay(kind=OverlayKind.countdown, start=10, length=60, params={"seconds": 2.0})
    plan = ScenePlan(replace(bench.cut(), overlays=(countdown,)))
    assert [patch.active for patch in plan.patches if patch.kind is PatchKind.overlay] == [2, 1]
    (first,), (second,) = plan.frame(39).stamps, plan.frame(40).stamps
    assert (plan.patches[first.patch].active, plan.patches[second.patch].active) == (2, 1)


def test_a_wrong_parameter_is_named_with_the_overlay(bench):
    wrong = Overlay(kind=OverlayKind.badge, start=0, length=60, text="-30%", params={"shape": "cloud"})
    with pytest.raises(InvalidInput) as refused:
        ScenePlan(replace(bench.cut(), overlays=(wrong, wrong)))
    assert (refused.value.code, refused.value.field) == ("edit.bad_param", "/overlays/0/params/shape")
