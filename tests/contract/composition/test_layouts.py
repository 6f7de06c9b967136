"""What every layout keeps to: even places on the canvas that do not cover one another."""

from fractions import Fraction
from itertools import combinations, pairwise

import pytest

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Canvas
from services.composition.effects import stack_of
from services.composition.geometry import rect_of
from services.composition.layouts import CATALOGUE, arranged

CANVASES = [
    Canvas(width_px=width, height_px=height, rate=Fraction(30)) for width, height in ((1080, 1920), (1920, 1080), (606, 606), (182, 322))
]
COVERING = {"picture_in_picture", "framed"}
"""Here the first clip lies below the others."""


def parameters(name):
    found = [{}]
    for param in CATALOGUE[name].params:
        found += [{param.name: bound} for bound in (param.minimum, param.maximum) if bound is not None]
        found += [{param.name: choice} for choice in param.choices]
    return found


EACH = [
    pytest.param(name, params, count, id=f"{name}-{count}-{params}")
    for name, plugin in CATALOGUE.items()
    for params in parameters(name)
    for count in range(plugin.module.COUNTS[0], plugin.module.COUNTS[1] + 1)
]


@pytest.mark.parametrize("canvas", CANVASES, ids=lambda canvas: f"{canvas.width_px}x{canvas.height_px}")
@pytest.mark.parametrize(("name", "params", "count"), EACH)
def test_places_are_even_on_the_canvas_and_apart(name, params, count, canvas):
    found = arranged(name, params, count, canvas)
    assert len(found) == count
    for place, _ in found:
        for share, side in (
            (place.left, canvas.width_px),
            (place.width, canvas.width_px),
            (place.top, canvas.height_px),
            (place.height, canvas.height_px),
        ):
            assert share * side == pytest.approx(round(share * side / 2) * 2, abs=1e-6)
    rects = [rect_of(place, canvas) for place, _ in found]
    for rect in rects:
        assert rect.width >= 2
        assert rect.height >= 2
        assert 0 <= rect.left <= rect.left + rect.width <= canvas.width_px
        assert 0 <= rect.top <= rect.top + rect.height <= canvas.height_px
    for one, other in combinations(rects[1:] if name in COVERING else rects, 2):
        beside = one.left + one.width <= other.left or other.left + other.width <= one.left
        below = one.top + one.height <= other.top or other.top + other.height <= one.top
        assert beside or below


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_effects_of_a_layout_are_in_the_catalogue(name):
    for place, effects in arranged(name, {}, CATALOGUE[name].module.COUNTS[0], CANVASES[0]):
        assert place is not None
        assert len(stack_of(effects).parts) == len(effects)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_split_leaves_nothing_but_its_gaps(count):
    rects = [rect_of(place, CANVASES[0]) for place, _ in arranged("split", {"gap": 20.0}, count, CANVASES[0])]
    assert rects[0].top == 0
    assert rects[-1].top + rects[-1].height == 1920
    assert {after.top - before.top - before.height for before, after in pairwise(rects)} == {20}


def test_a_grid_spreads_a_short_last_row():
    rects = [rect_of(place, CANVASES[0]) for place, _ in arranged("grid", {"gap": 0.0}, 5, CANVASES[0])]
    assert [rect.width for rect in rects] == [360, 360, 360, 540, 540]


@pytest.mark.parametrize(
    ("name", "params", "count", "field", "code"),
    [
        ("mosaic", {}, 2, "/layout/name", "edit.unknown_layout"),
        ("split", {}, 5, "/layout", "edit.layout_count"),
        ("full", {}, 2, "/layout", "edit.layout_count"),
        ("grid", {"columns": 9}, 4, "/layout/params/columns", "edit.bad_param"),
        ("grid", {"rows": 2}, 4, "/layout/params/rows", "edit.unknown_param"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(name, params, count, field, code):
    with pytest.raises(InvalidInput) as refused:
        arranged(name, params, count, CANVASES[0])
    assert (refused.value.field, refused.value.code) == (field, code)
