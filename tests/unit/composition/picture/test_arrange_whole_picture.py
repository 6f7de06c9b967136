"""What lies below the main track, and effects over the whole picture, in each piece of an edit."""

from dataclasses import replace
from fractions import Fraction

import pytest
from pydantic import TypeAdapter

from libs.common.media.edit import Sources, Timeline
from services.composition.arrange import examine
from services.composition.effects import CATALOGUE, PLAIN, stack_of
from services.composition.moment import Moment
from services.composition.plan import ScenePlan

TIMELINE = TypeAdapter(Timeline)
HALF = {"place": {"top": 0.25, "height": 0.5}}


def card(start, length, **more):
    return {"media": {"colour": "#808080"}, "start": start, "length": length} | more


def cuts(*clips, **more):
    body = {"title": "t", "size": {"width_px": 180, "height_px": 320}, "tracks": [{"clips": list(clips)}]} | more
    arrangement, remarks = examine(TIMELINE.validate_python(body), Sources(found=()))
    assert arrangement is not None, remarks
    return arrangement.cuts


def bottom(cut, number=0):
    """Colour and rectangle of the lowest layer."""
    plan = ScenePlan(cut)
    layer = plan.frame(number).layers[0]
    return plan.feeds[plan.views[layer.view].feed].colour, (layer.left, layer.top, layer.width, layer.height)


def test_a_main_clip_that_leaves_room_shows_the_background():
    (cut,) = cuts(card(0, 1, **HALF), background="#112233")
    assert bottom(cut) == ("#112233", (0, 0, 180, 320))


def test_a_main_clip_that_fades_comes_up_from_the_background():
    (cut,) = cuts(card(0, 1, fade_in=0.5), background="#112233")
    assert bottom(cut)[0] == "#112233"
    assert bottom(cut, 20)[0] == "#808080"


def test_a_transition_of_clips_that_leave_room_is_over_the_background():
    _, cut = cuts(card(0, 1, **HALF), card(1, 1, **HALF, transition={"name": "crossfade"}), background="#112233")
    assert bottom(cut)[0] == "#112233"


def test_another_background_leaves_pieces_alone_that_do_not_show_it():
    clips = card(0, 4), card(4, 4, **HALF)
    before, after = cuts(*clips, background="#112233"), cuts(*clips, background="#445566")
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False]


MOVES = [{"name": "shake"}, {"name": "strobe"}]


def test_what_moves_over_the_whole_picture_goes_on_from_piece_to_piece():
    whole = ScenePlan(cuts(card(0, 2), effects=MOVES)[0])
    first, second = (ScenePlan(cut) for cut in cuts(card(0, 2), effects=MOVES, segments=["0.7"]))

    def drawn(plan, number):
        recipe = plan.frame(number)
        return recipe.filters, [plan.looks[layer.look] for layer in recipe.layers]

    assert first.cut.length == 21
    assert all(drawn(first, number) == drawn(whole, number) for number in range(21))
    assert all(drawn(second, number) == drawn(whole, 21 + number) for number in range(39))
    assert drawn(second, 0) != drawn(first, 0)


def test_a_fade_out_over_the_whole_picture_is_at_the_end_of_the_video():
    first, last = cuts(card(0, 4), card(4, 4), effects=[{"name": "fade_out"}])
    assert first.effects_length == last.effects_length == 240
    assert ScenePlan(first).frame(119).layers[0].look == ScenePlan(first).frame(0).layers[0].look


def test_what_stands_still_over_the_whole_picture_does_not_tie_a_piece_to_its_place():
    effects = [{"name": "sepia"}, {"name": "vignette"}, {"name": "lut"}]
    *_, cut = cuts(card(0, 4), card(4, 4), effects=effects)
    assert (cut.effects_before, cut.effects_length) == (0, 0)


@pytest.mark.parametrize("name", [name for name, plugin in CATALOGUE.items() if hasattr(plugin.module, "load")])
def test_effects_that_read_a_file_stand_still(name):
    module, params = stack_of(cuts(card(0, 1), effects=[{"name": name}])[0].effects).parts[0]
    loaded = module.module.load(params, None)
    now = Moment(frame=0, length=90, rate=Fraction(30), width_px=180, height_px=320)
    for hook in ("camera", "filters"):
        if hasattr(module.module, hook):
            made = getattr(module.module, hook)
            assert made(loaded, now) == made(loaded, replace(now, frame=41, length=50))
    assert not hasattr(module.module, "look") or module.module.look(PLAIN, loaded, now)
