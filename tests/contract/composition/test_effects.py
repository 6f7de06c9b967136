"""What every effect keeps to, whatever it does."""

import dataclasses
from fractions import Fraction

import numpy as np
import pytest

from services.composition.effects import CATALOGUE, Camera
from services.composition.filters.base import Picture
from services.composition.filters.ops import NumpyOps
from services.composition.moment import Moment
from services.composition.recipe import KNOTS, STEP, Look

OPS = NumpyOps()
HOOKS = ("look", "camera", "filters")
LENGTH = 90
NEUTRAL = {
    "grade": {},
    "fade_in": None,
    "fade_out": None,
    "hue_rotate": {"angle_deg": 0},
    "letterbox": {"aspect": 180 / 320},
    "mask": None,
    "mirror": None,
    "kaleidoscope": None,
    "chroma_key": {"colour": "#808080"},
    "rotate": {"angle_deg": 0},
    "punch_zoom": {"zoom": 1},
    "pixelate": {"block_px": 0},
    "vignette": {"strength": 0},
}
"""Where no `amount` or size is 0 for nothing at all: the parameters at which the picture is left alone, None where there are none."""
SIZES = ("amount", "radius_px", "height_px", "length_px")
"""Parameters that leave the picture alone at 0, in the order in which they are looked for."""
RESTING = {"glitch", "flash", "focus_pull", "strobe", "fade_in", "fade_out", "punch_zoom"}
"""Effects that leave most of their clip, or a part of it, alone."""


def moment(frame, *, length=LENGTH, width=180, height=320):
    return Moment(frame=frame, length=length, rate=Fraction(30), width_px=width, height_px=height, seed=4)


def neutral_params(name):
    module = CATALOGUE[name].module
    if name in NEUTRAL:
        return None if NEUTRAL[name] is None else module.Params(**NEUTRAL[name])
    known = {param.name for param in CATALOGUE[name].params}
    return module.Params(**{next(size for size in SIZES if size in known): 0})


def acts(name, params, at):
    """What an effect does at a moment: levels of its look at all codes, its camera, its filters."""
    module = CATALOGUE[name].module
    look = module.look(Look(), params, at) if hasattr(module, "look") else Look()
    camera = module.camera(params, at) if hasattr(module, "camera") else Camera()
    return look, camera, module.filters(params, at) if hasattr(module, "filters") else ()


def levels(curve):
    return np.interp(np.arange(16, 236), np.arange(KNOTS) * STEP, curve)


def does_nothing(name, params, at):
    look, camera, filters = acts(name, params, at)
    same = all(np.allclose(levels(curve), np.arange(16, 236), atol=1e-9) for curve in (look.y, look.u, look.v))
    return same and look.vignette == pytest.approx(0) and camera == Camera() and filters == ()


@pytest.mark.parametrize("name", CATALOGUE)
def test_it_has_a_hook_and_bounds_on_all_its_numbers(name):
    assert any(hasattr(CATALOGUE[name].module, hook) for hook in HOOKS)
    for param in CATALOGUE[name].params:
        if param.type != "str":
            assert param.minimum is not None, param.name
            assert param.maximum is not None, param.name
            assert param.minimum <= param.default <= param.maximum, param.name


@pytest.mark.parametrize("name", [name for name in CATALOGUE if neutral_params(name) is not None])
def test_at_amount_nothing_it_does_nothing_and_takes_no_filters(name):
    params = neutral_params(name)
    assert all(does_nothing(name, params, moment(frame)) for frame in (0, 1, 17, LENGTH // 2, LENGTH - 1))


@pytest.mark.parametrize("name", sorted(CATALOGUE.keys() - {"grade"}))
def test_by_default_it_does_something(name):
    params = CATALOGUE[name].module.Params()
    assert not all(does_nothing(name, params, moment(frame)) for frame in range(LENGTH))


@pytest.mark.parametrize("name", sorted(RESTING))
def test_it_costs_nothing_while_it_rests(name):
    params = CATALOGUE[name].module.Params()
    assert any(does_nothing(name, params, moment(frame)) for frame in range(LENGTH))


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_same_moment_gives_the_same_recipe_also_outside_the_clip(name):
    params = CATALOGUE[name].module.Params()
    for frame in (-12, 0, 31, LENGTH + 12):
        assert acts(name, params, moment(frame)) == acts(name, params, moment(frame))


@pytest.mark.parametrize("name", CATALOGUE)
def test_cameras_never_step_back(name):
    module = CATALOGUE[name].module
    if hasattr(module, "camera"):
        assert min(module.camera(module.Params(), moment(frame)).zoom for frame in range(-12, LENGTH + 12)) >= 1


def extremes(name):
    """The defaults, and each parameter at both ends of its range."""
    params = CATALOGUE[name].module.Params()
    yield params
    for param in CATALOGUE[name].params:
        ends = param.choices or (() if param.type == "str" else (param.minimum, param.maximum))
        for end in ends:
            yield dataclasses.replace(params, **{param.name: int(end) if param.type == "int" else end})


@pytest.mark.parametrize("name", [name for name in CATALOGUE if hasattr(CATALOGUE[name].module, "filters")])
def test_its_filters_keep_size_and_range_at_all_ends_of_its_parameters(name):
    rng = np.random.default_rng(2)
    y = rng.uniform(16, 235, (64, 36)).astype(np.float32)
    u, v = (rng.uniform(40, 216, (32, 18)).astype(np.float32) for _ in range(2))
    y[:8], y[8:16] = 16, 235
    for params in extremes(name):
        for frame in (0, 7, 40):
            filters = CATALOGUE[name].module.filters(params, moment(frame, width=36, height=64))
            assert hash(filters) == hash(CATALOGUE[name].module.filters(params, moment(frame, width=36, height=64)))
            picture = Picture(y.copy(), u.copy(), v.copy())
            for filter_ in filters:
                picture = filter_.apply(picture, OPS)
            for plane, before in ((picture.y, y), (picture.u, u), (picture.v, v)):
                assert plane.shape == before.shape
                assert plane.dtype == np.float32
                assert np.isfinite(plane).all()
                assert -40 < plane.min() <= plane.max() < 296
            if picture.cover is not None:
                assert picture.cover.shape == y.shape
                assert 0 <= picture.cover.min() <= picture.cover.max() <= 1
