"""Clips that name a slot of a layout."""

from fractions import Fraction

import pytest
from pydantic import TypeAdapter

from libs.common.media.edit import Sources, Timeline, Weight
from libs.common.media.timeline import Canvas
from services.composition.arrange import examine
from services.composition.layouts import arranged

TIMELINE = TypeAdapter(Timeline)
NOTHING = Sources(found=())
CANVAS = Canvas(width_px=180, height_px=320, rate=Fraction(30))


def in_slot(slot, *, name="grid", of=4, params=None, **more):
    layout = {"name": name, "slot": slot, "of": of, "params": params or {}}
    return {"media": {"colour": f"#10{slot:02}30"}, "start": 0, "length": 1, "layout": layout} | more


def examined(*clips):
    body = {"title": "t", "size": {"width_px": 180, "height_px": 320}, "tracks": [{"clips": [clip]} for clip in clips]}
    return examine(TIMELINE.validate_python(body), NOTHING)


def test_each_clip_lies_where_the_layout_says():
    arrangement, remarks = examined(*(in_slot(number, params={"gap": 24}) for number in (1, 2, 3, 4)))

    (cut,) = arrangement.cuts
    wanted = arranged("grid", {"gap": 24}, 4, cut.canvas)
    assert [(clip.place, clip.effects) for clip in (*cut.clips, *cut.insets)] == list(wanted)
    assert not remarks


def test_what_belongs_to_a_slot_comes_after_the_clips_own_effects():
    name = next(name for name in ("picture_in_picture", "framed", "panels") if any(effects for _, effects in arranged(name, {}, 2, CANVAS)))
    arrangement, _ = examined(in_slot(1, name=name, of=2), in_slot(2, name=name, of=2, effects=[{"name": "mono"}]))

    (inset,) = arrangement.cuts[0].insets
    assert inset.effects[0].name == "mono"
    assert inset.effects[1:] == arranged(name, {}, 2, CANVAS)[1][1]


@pytest.mark.parametrize(
    ("clip", "code", "field"),
    [
        (in_slot(1, name="heap"), "edit.unknown_layout", "/name"),
        (in_slot(1, name="full"), "edit.layout_count", ""),
        (in_slot(5), "edit.layout_count", "/slot"),
        (in_slot(1, params={"gap": 999}), "edit.bad_param", "/params/gap"),
        (in_slot(1, params={"width": 9}), "edit.unknown_param", "/params/width"),
    ],
)
def test_a_slot_that_is_not_there_is_refused_at_its_place(clip, code, field):
    arrangement, remarks = examined(clip)

    assert arrangement is None
    assert [(r.weight, r.code, r.field) for r in remarks] == [(Weight.error, code, f"/tracks/0/clips/0/layout{field}")]


def test_a_clip_has_a_place_or_a_slot():
    _, remarks = examined(in_slot(1, place={"width": 0.5}))

    assert [(r.code, r.field) for r in remarks] == [("edit.place_twice", "/tracks/0/clips/0/place")]
