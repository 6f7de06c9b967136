"""The kernel and its reference draw the same picture."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from libs.common.media.timeline import Effect
from services.composition.effects import CATALOGUE, stack_of
from services.composition.executors.base import Patch, on_plane
from services.composition.executors.opencv import OpencvExecutor
from services.composition.moment import Moment
from services.composition.planes import Planes, blank
from services.composition.recipe import Axis, FrameRecipe, Layer, Look, Sampling, Stamp

MOMENT = Moment(frame=5, length=30, rate=Fraction(30), width_px=190, height_px=334)
WIDTH, HEIGHT = 190, 334
"""Not a multiple of the vector length."""

WHOLE = {"left": 0, "top": 0, "width": WIDTH, "height": HEIGHT}
LAYERS = {
    "as it is": Layer(view=0, x=Axis(1, 0), y=Axis(1, 0), look=0, **WHOLE),
    "enlarged between pixels": Layer(view=0, x=Axis(0.913, 3.37), y=Axis(0.913, 5.81), look=0, **WHOLE),
    "shrunk": Layer(view=0, x=Axis(1.61, -20.3), y=Axis(1.61, -9.2), look=0, **WHOLE),
    "much shrunk": Layer(view=0, x=Axis(2.7, 0.4), y=Axis(2.7, 0.9), look=0, **WHOLE),
    "much enlarged": Layer(view=0, x=Axis(0.125, 7.2), y=Axis(0.125, 9.9), look=0, **WHOLE),
    "enlarged by the cubic": Layer(view=0, x=Axis(0.56, 3.37), y=Axis(0.56, 5.81), look=0, sampling=Sampling.cubic, **WHOLE),
    "past the edges by the cubic": Layer(view=0, x=Axis(0.7, 93.3), y=Axis(0.7, -3.4), look=0, sampling=Sampling.cubic, **WHOLE),
    "shrunk by the cubic": Layer(view=0, x=Axis(1.13, 1.1), y=Axis(1.13, -9.2), look=0, sampling=Sampling.cubic, **WHOLE),
    "shrunk by area": Layer(view=0, x=Axis(1.61, -20.3), y=Axis(1.61, -9.2), look=0, sampling=Sampling.area, **WHOLE),
    "much shrunk by area": Layer(view=0, x=Axis(2.7, 0.4), y=Axis(2.7, 0.9), look=0, sampling=Sampling.area, **WHOLE),
    "enlarged by area": Layer(view=0, x=Axis(0.9, 4.4), y=Axis(0.9, 3.9), look=0, sampling=Sampling.area, **WHOLE),
    "by the cubic in a rectangle": Layer(
        view=0, x=Axis(0.6, 2.2), y=Axis(0.6, 1.7), look=0, sampling=Sampling.cubic, left=22, top=58, width=134, height=122
    ),
    "in a rectangle": Layer(view=0, x=Axis(0.8, 2.2), y=Axis(0.8, 1.7), look=0, left=22, top=58, width=134, height=122),
    "mixed over another": Layer(view=1, x=Axis(1.02, 1.5), y=Axis(1.02, 2.5), look=0, mix=0.37, **WHOLE),
    "pushed off the left edge": Layer(view=0, x=Axis(1, 95.0), y=Axis(1, 0), look=0, left=0, top=0, width=96, height=HEIGHT),
}
LOOKS = {"plain": Look()} | {
    name: stack_of((Effect(name=name, params={}), Effect(name="vignette", params={"strength": 0.4}))).look(MOMENT) for name in CATALOGUE
}


def draw(executor, recipe, views, look, patches=None):
    target = blank(WIDTH, HEIGHT)
    executor.compose(target, recipe, views=views, looks=[look], patches=patches or {})
    return target


def difference(one: Planes, other: Planes):
    return np.concatenate([np.abs(a.astype(int) - b.astype(int)).ravel() for a, b in zip(one.all(), other.all(), strict=True)])


def frame(*layers, stamps=()):
    return FrameRecipe(layers=layers, stamps=stamps, times=())


@pytest.fixture
def views(picture):
    return {0: picture(220, 360, seed=1), 1: picture(200, 350, seed=2)}


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("look", LOOKS)
def test_kernel_and_reference_agree_to_a_level(kernel, views, name, look):
    recipe = frame(replace(LAYERS["as it is"], view=1), LAYERS[name])
    found = difference(draw(kernel, recipe, views, LOOKS[look]), draw(OpencvExecutor(), recipe, views, LOOKS[look]))
    assert (found <= 1).mean() >= 0.99
    assert found.max() <= 2


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("look", ["plain", "grade", "vignette"])
@pytest.mark.parametrize("mix", [1.0, 0.4])
def test_both_paths_of_the_kernel_give_the_same_bytes(kernel, portable_kernel, views, name, look, mix):
    recipe = frame(replace(LAYERS["as it is"], view=1), replace(LAYERS[name], mix=mix))
    assert difference(draw(kernel, recipe, views, LOOKS[look]), draw(portable_kernel, recipe, views, LOOKS[look])).max() == 0


@pytest.mark.parametrize("opacity", [0.0, 0.35, 1.0])
def test_both_paths_of_the_kernel_stamp_the_same_bytes(kernel, portable_kernel, views, opacity):
    rng = np.random.default_rng(7)
    alpha, level = (rng.integers(0, 256, (90, 150)).astype(np.uint8) for _ in range(2))
    alpha[:, 40:110] = 0
    keep = (255 - alpha).astype(np.uint8)
    ink = Planes(
        *(
            (plane.astype(int) * cover // 255).astype(np.uint8)
            for plane, cover in ((level, alpha), *[(level[::2, ::2], alpha[::2, ::2])] * 2)
        )
    )
    patch = Patch(26, 30, ink, keep, keep[::2, ::2].copy())
    recipe = frame(LAYERS["as it is"], stamps=(Stamp(patch=0, opacity=opacity),))
    found = difference(*(draw(executor, recipe, views, Look(), {0: patch}) for executor in (kernel, portable_kernel)))
    assert found.max() == 0


@pytest.mark.parametrize(
    "above", [{"left": 0, "top": 60, "width": WIDTH, "height": 124}, {"left": 40, "top": 0, "width": 90, "height": HEIGHT}]
)
def test_what_an_opaque_layer_hides_need_not_be_drawn(kernel, views, above):
    """A layer that is all but opaque hides nothing, so that all below it is drawn: the picture must be the same."""
    below, over = replace(LAYERS["enlarged between pixels"], view=1), replace(LAYERS["shrunk"], **above)
    hidden, seen = (draw(kernel, frame(below, replace(over, mix=mix)), views, LOOKS["grade"]) for mix in (1.0, 0.99999))
    assert difference(hidden, seen).max() == 0


@pytest.mark.parametrize("stamp", [Stamp(patch=0), Stamp(patch=0, opacity=0.4), Stamp(patch=0, scale=1.23), Stamp(patch=0, dx=-40, dy=260)])
def test_stamps_agree_also_where_they_hang_over_the_edge(kernel, views, stamp):
    rng = np.random.default_rng(3)
    alpha = np.repeat(np.repeat(rng.integers(0, 256, (20, 30)), 4, axis=0), 4, axis=1).astype(np.uint8)
    half = alpha[::2, ::2]
    ink = Planes((alpha // 2).astype(np.uint8), half // 2, half // 2)
    patch = Patch(20, 40, ink, 255 - alpha, 255 - half)
    recipe = frame(LAYERS["as it is"], stamps=(stamp,))
    found = difference(*(draw(executor, recipe, views, Look(), {0: patch}) for executor in (kernel, OpencvExecutor())))
    assert found.max() <= 1


@pytest.mark.parametrize("executor", ["kernel", "opencv"])
def test_an_identity_layer_copies_the_picture(request, executor, picture):
    drawn_by = OpencvExecutor() if executor == "opencv" else request.getfixturevalue("kernel")
    source = picture(WIDTH, HEIGHT)
    assert difference(draw(drawn_by, frame(LAYERS["as it is"]), {0: source}, Look()), source).max() == 0


@pytest.mark.parametrize("executor", ["kernel", "opencv"])
def test_nothing_drawn_is_black(request, executor, picture):
    drawn_by = OpencvExecutor() if executor == "opencv" else request.getfixturevalue("kernel")
    target = picture(WIDTH, HEIGHT)
    drawn_by.compose(target, frame(), views={}, looks=[], patches={})
    assert difference(target, blank(WIDTH, HEIGHT)).max() == 0


@pytest.mark.parametrize("executor", ["kernel", "opencv"])
def test_sources_are_left_alone(request, executor, views):
    drawn_by = OpencvExecutor() if executor == "opencv" else request.getfixturevalue("kernel")
    before = views[0].y.copy()
    draw(drawn_by, frame(LAYERS["enlarged between pixels"]), views, LOOKS["grade"])
    assert np.array_equal(before, views[0].y)


@pytest.mark.parametrize(("horizontal", "first"), [(True, -0.125), (False, -0.25)])
def test_chroma_is_sampled_where_h264_puts_it(horizontal, first):
    """Enlarged twice from the corner: the first sample is on the left luma column (0.5 -> 0.25), and between two rows (1.0 -> 0.5)."""
    found = on_plane(Axis(0.5, 0), 0, chroma=True, horizontal=horizontal)
    assert (found.scale, found.offset) == (0.5, first)


def test_padded_rows_are_not_read(kernel, picture):
    """A decoder's rows are longer than the picture."""
    source = picture(WIDTH, HEIGHT)
    padded = Planes(*(np.pad(plane, ((0, 0), (0, 34)), constant_values=255)[:, : plane.shape[1]] for plane in source.all()))
    recipe = frame(LAYERS["shrunk"])
    assert difference(draw(kernel, recipe, {0: padded}, Look()), draw(kernel, recipe, {0: source}, Look())).max() == 0
