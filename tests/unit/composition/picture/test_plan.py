from fractions import Fraction

import pytest

from libs.common.media.timeline import Canvas, Fit, Motion, Transition
from services.composition.geometry import Rect, axes, frame_of, view_of, window_at
from services.composition.plan import ScenePlan
from services.composition.recipe import FeedKind, PatchKind, Sampling
from services.composition.transitions import CATALOGUE, Placement

CANVAS = Canvas(width_px=1080, height_px=1920, rate=Fraction(30))


def seen(axis, first, count):
    """First and last source position of a run of canvas pixels."""
    return first * axis.scale + axis.offset, (first + count) * axis.scale + axis.offset


def test_every_frame_is_covered_from_edge_to_edge(bench):
    plan = ScenePlan(bench.cut(bench.video(30), bench.still(30), bench.card(30)))
    for number in range(90):
        bottom = plan.frame(number).layers[0]
        assert (bottom.left, bottom.top, bottom.width, bottom.height, bottom.mix) == (0, 0, 1080, 1920, 1.0)


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (1440, 1080), (607, 1081), (4000, 3000)])
def test_sampling_stays_inside_the_source(bench, size):
    plan = ScenePlan(bench.cut(bench.video(60, size=size)))
    for number in (0, 20, 59):
        for layer in plan.frame(number).layers:
            view = plan.views[layer.view]
            for (start, stop), limit in (
                (seen(layer.x, layer.left, layer.width), view.to_width),
                (seen(layer.y, layer.top, layer.height), view.to_height),
            ):
                assert -1 <= start < stop <= limit + 1


def test_a_plain_fit_shows_the_whole_source_at_the_start():
    motion = Motion(zoom_from=1.0, zoom_to=1.06)
    frame = frame_of(1080, 1920, Rect(0, 0, 1080, 1920), Fit.fill)
    window = window_at(1080, 1920, frame, motion, 0.0)
    assert (window.left, window.top, window.scale) == (0, 0, 1)


def test_a_zoom_keeps_the_centre():
    frame = frame_of(1080, 1920, Rect(0, 0, 1080, 1920), Fit.fill)
    window = window_at(1080, 1920, frame, Motion(zoom_to=1.5), 1.0)
    assert window.left + 540 * window.scale == pytest.approx(540)
    assert window.top + 960 * window.scale == pytest.approx(960)


def test_a_far_too_large_source_is_shrunk_before_sampling():
    view, sampling = view_of(0, 4320, 7680, Rect(0, 0, 540, 960), Motion(), still=False)
    assert (view.to_width, view.to_height, sampling) == (540, 960, Sampling.bilinear)


@pytest.mark.parametrize(("width", "sampling"), [(540, Sampling.cubic), (1080, Sampling.bilinear), (2160, Sampling.area)])
def test_film_is_sampled_as_it_comes_by_what_suits_its_size(width, sampling):
    view, found = view_of(0, width, width * 16 // 9, Rect(0, 0, 1080, 1920), Motion(), still=False)
    assert (view.width, view.to_width, found) == (width, width, sampling)


def test_a_mezzanine_of_the_right_size_is_sampled_as_it_is():
    view, _ = view_of(0, 1080, 1920, Rect(0, 0, 1080, 1920), Motion(zoom_to=1.06), still=False)
    assert (view.to_width, view.to_height, view.left, view.top) == (1080, 1920, 0, 0)


def test_a_placement_moves_what_is_sampled():
    frame = Rect(0, 0, 1080, 1920)
    view, _ = view_of(0, 1080, 1920, frame, Motion(), still=False)
    window = window_at(1080, 1920, frame, Motion(), 0)
    x, _ = axes(window, view, frame, Placement(shift_x=0.5), CANVAS)
    assert 540 * x.scale + x.offset == pytest.approx(0)


def test_transition_frames_show_two_clips_and_the_rest_one(bench):
    first = bench.cut(bench.video(60))
    plan = ScenePlan(bench.cut(scene=bench.scene(1), previous=first))
    assert [len({layer.view for layer in plan.frame(n).layers}) for n in (0, 11, 12)] == [2, 2, 1]
    assert [seconds for _, seconds in plan.frame(0).times] == [Fraction(60, 30), 0]
    assert [seconds for _, seconds in plan.frame(30).times] == [1]


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_layer_of_a_transition_is_even_and_on_the_canvas(bench, name):
    first = bench.cut(bench.video(60))
    cut = bench.cut(scene=bench.scene(1, transition=name), previous=first)
    assert isinstance(cut.transition, Transition)
    plan = ScenePlan(cut)
    for number in range(14):
        for layer in plan.frame(number).layers:
            assert all(side % 2 == 0 for side in (layer.left, layer.top, layer.width, layer.height))
            assert layer.left + layer.width <= 1080
            assert layer.top + layer.height <= 1920
            assert 0 < layer.mix <= 1


def test_the_spoken_word_decides_the_drawing(bench):
    words = [bench.word("早上", 0, 0.5), bench.word("热水", 0.5, 1.0)]
    plan = ScenePlan(bench.cut(words=words))
    captions = {
        number: [
            plan.patches[stamp.patch].active for stamp in plan.frame(number).stamps if plan.patches[stamp.patch].kind is PatchKind.caption
        ]
        for number in (0, 14, 15, 29, 89)
    }
    assert captions == {0: [0], 14: [0], 15: [1], 29: [1], 89: []}


def test_stamps_move_by_even_steps(bench):
    plan = ScenePlan(bench.cut(scene=bench.scene(1, bench.scene().role), words=[bench.word("早上", 0, 2)]))
    for number in range(90):
        for stamp in plan.frame(number).stamps:
            assert stamp.dx % 2 == stamp.dy % 2 == 0
            assert 0 <= stamp.opacity <= 1


def test_a_card_has_two_grounds_that_drift_apart(bench):
    plan = ScenePlan(bench.cut(bench.card(60)))
    assert [feed.kind for feed in plan.feeds] == [FeedKind.ground, FeedKind.shapes]
    first, last = plan.frame(0).layers, plan.frame(59).layers
    ground, shapes = (after.x.offset - before.x.offset for before, after in zip(first, last, strict=True))
    assert ground * shapes < 0


def test_an_outgoing_card_looks_as_it_did(bench):
    first = bench.cut(bench.card(60))
    plan = ScenePlan(bench.cut(scene=bench.scene(1), previous=first))
    assert {feed.seed for feed in plan.feeds if feed.kind is FeedKind.ground} == {feed.seed for feed in ScenePlan(first).feeds}
