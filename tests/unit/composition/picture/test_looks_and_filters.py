"""What single effects and filters promise."""

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Effect
from services.composition import grading
from services.composition.chance import chance, wander
from services.composition.effects import CATALOGUE, stack_of
from services.composition.filters.base import Picture
from services.composition.filters.bend import Fold, Mirror, Rotated
from services.composition.filters.ops import NumpyOps
from services.composition.filters.split import Split
from services.composition.filters.table import Lut3d, Table
from services.composition.moment import Moment
from services.composition.planes import from_rgb, to_rgb
from services.composition.recipe import KNOTS, STEP, Look

OPS = NumpyOps()


def moment(frame=0, length=300, rate=30):
    return Moment(frame=frame, length=length, rate=Fraction(rate), width_px=180, height_px=320, seed=4)


def picture(rgb):
    """Of a flat colour, or of an array (height, width, 3)."""
    pixels = np.broadcast_to(np.asarray(rgb, np.float32), (64, 36, 3)) if np.ndim(rgb) == 1 else np.asarray(rgb, np.float32)
    return Picture(*(plane.astype(np.float32) for plane in from_rgb(np.ascontiguousarray(pixels)).all()))


def gradient():
    y, x = np.mgrid[0:64, 0:36].astype(np.float32)
    return picture(np.dstack([40 + x * 4, 60 + y * 2, 200 - x * 3 - y]))


def level(curve, code):
    return float(np.interp(code, np.arange(KNOTS) * STEP, curve))


@pytest.mark.parametrize("code", [16, 17, 100, 230, 234, 235])
def test_a_grade_of_nothing_is_exact_up_to_white(code):
    assert level(stack_of((Effect(name="grade", params={}),)).look(moment()).y, code) == pytest.approx(code)


def test_a_shape_reaches_white_and_black_exactly():
    bent = grading.luma(Look(), lambda t: 1 - t)
    assert (level(bent.y, 16), level(bent.y, 235)) == pytest.approx((235, 16))


def test_a_cover_of_one_is_the_colour():
    look = grading.covered(Look(vignette=0.4), "#FF0000", 1.0)
    assert (look.y[3], look.u[9], look.v[16], look.vignette) == pytest.approx((62.56, 102.34, 240, 0), abs=0.01)


@pytest.mark.parametrize("rate_hz", [0.2, 1.0, 2.0, 3.0])
def test_a_strobe_flashes_at_most_three_times_in_any_second(rate_hz):
    module, lights = CATALOGUE["strobe"].module, []
    for frame in range(300):
        lights.append(level(module.look(Look(), module.Params(rate_hz=rate_hz, amount=1.0), moment(frame)).y, 100) - 100)
    rises = [frame for frame in range(1, 300) if lights[frame] > lights[frame - 1] + 10]
    assert all(sum(first <= rise < first + 30 for rise in rises) <= 3 for first in range(270))


def test_old_films_flicker_stays_below_what_counts_as_a_flash():
    module = CATALOGUE["old_film"].module
    whites = [level(module.look(Look(), module.Params(amount=1.0), moment(frame)).y, 235) - 16 for frame in range(120)]
    assert min(whites) > 0.9 * max(whites)
    assert min(whites) < max(whites)


def test_chance_is_even_and_differs_from_key_to_key():
    found = [chance(3, number) for number in range(2_000)]
    assert min(found) >= 0
    assert max(found) < 1
    assert np.mean(found) == pytest.approx(0.5, abs=0.03)
    assert len(set(found)) == len(found)


def test_a_wander_is_smooth_and_stays_between_its_ends():
    ways = [wander(frame / 30, 1.1, 7) for frame in range(900)]
    assert max(map(abs, ways)) <= 1
    assert max(abs(b - a) for a, b in pairwise(ways)) < 0.2


def test_mirroring_twice_gives_the_picture_back():
    before = gradient()
    after = Mirror("left_right").apply(Mirror("left_right").apply(before, OPS), OPS)
    assert np.abs(after.y - before.y).max() < 1e-3
    assert np.abs(after.u - before.u)[:, 2:-2].max() < 0.5


def test_a_kept_half_is_symmetric():
    after = Mirror("left").apply(gradient(), OPS)
    assert np.allclose(after.y, after.y[:, ::-1])


def test_a_kaleidoscope_repeats_round_its_middle():
    size = 128
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    soft = Picture(
        y=60 + 30 * np.sin(x / 9) + 30 * np.cos(y / 13) + 60, u=np.full((64, 64), 128, np.float32), v=np.full((64, 64), 128, np.float32)
    )
    after = Fold(4, 0.0, 1.0).apply(soft, OPS).y
    inner = np.s_[8:-8, 8:-8]
    assert np.abs(after - after[::-1])[inner].mean() < 1
    assert np.abs(after - after[:, ::-1])[inner].mean() < 1
    assert np.abs(after - soft.y).mean() > 5


def test_a_turn_that_leaves_corners_open_covers_the_rest():
    turned = Rotated(45, 1.0).apply(gradient(), OPS)
    assert turned.cover[0, 0] == 0
    assert turned.cover[32, 18] == 1
    assert Rotated(0, 1.5).apply(gradient(), OPS).cover is None


def test_a_filling_turn_leaves_no_corner_open():
    module = CATALOGUE["rotate"].module
    for angle in (1.0, 30.0, 90.0, 133.0):
        (turn,) = module.filters(module.Params(angle_deg=angle), moment())
        cover = turn.apply(Picture(*(np.zeros(s, np.float32) for s in ((320, 180), (160, 90), (160, 90)))), OPS).cover
        assert cover is None or cover.min() > 0.99


def test_parting_the_colours_leaves_a_flat_colour_alone():
    for colour in ((255, 255, 255), (0, 0, 0), (200, 40, 90)):
        before = picture(colour)
        after = Split(0.05, shift_x=3).apply(before, OPS)
        assert max(np.abs(a - b).max() for a, b in ((after.y, before.y), (after.u, before.u), (after.v, before.v))) < 0.01


def test_parting_the_colours_fetches_red_and_blue_from_their_sides():
    rgb = np.zeros((64, 36, 3), np.float32)
    rgb[:, 16:20] = 255
    after = Split(0.0, shift_x=8).apply(picture(rgb), OPS)
    row = to_rgb_row(after)
    assert row[9, 0] > 150 > row[9, 2]  # red is fetched from the right: it appears on the left
    assert row[26, 2] > 150 > row[26, 0]
    assert row[18, 1] > 150


def to_rgb_row(found):
    from services.composition.planes import Planes, to_bytes

    return to_rgb(Planes(*(to_bytes(plane) for plane in (found.y, found.u, found.v))))[32].astype(int)


def table(function, size=17):
    axis = np.linspace(0, 1, size, dtype=np.float32)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    return Table(function.__name__, np.asarray(np.stack(function(red, green, blue), -1), np.float32))


def same(red, green, blue):
    return red, green, blue


def turned_over(red, green, blue):
    return 1 - red, 1 - green, 1 - blue


def channels_changed(red, green, blue):
    return blue, red, green


def test_a_table_of_nothing_leaves_colours_alone():
    before = gradient()
    after = Lut3d(table(same), 1.0).apply(before, OPS)
    assert max(np.abs(a - b).max() for a, b in ((after.y, before.y), (after.u, before.u), (after.v, before.v))) < 0.6


@pytest.mark.parametrize(("function", "expected"), [(turned_over, (55, 155, 205)), (channels_changed, (50, 200, 100))])
def test_a_table_maps_red_green_and_blue_each_to_its_place(function, expected):
    after = Lut3d(table(function), 1.0).apply(picture((200, 100, 50)), OPS)
    assert to_rgb_row(after)[18] == pytest.approx(expected, abs=2)


def key(**params):
    module = CATALOGUE["chroma_key"].module
    (made,) = module.filters(module.Params(**params), moment())
    return made


def test_the_screen_goes_and_other_colours_stay():
    for shade in (1.0, 0.8):
        assert key().apply(picture([0, 177 * shade, 64 * shade]), OPS).cover.max() < 0.01
    for colour in ((220, 180, 150), (255, 255, 255), (20, 20, 20), (200, 40, 30), (30, 60, 200), (230, 200, 40)):
        assert key().apply(picture(colour), OPS).cover.min() > 0.99


def test_the_edge_of_a_key_is_soft():
    rgb = np.full((64, 36, 3), (0, 177, 64), np.float32)
    rgb[:, 18:] = (220, 180, 150)
    cover = key().apply(picture(rgb), OPS).cover[32]
    assert list(np.sign(np.diff(cover))).count(-1) == 0
    assert ((cover > 0.05) & (cover < 0.95)).sum() >= 1


def test_light_of_the_screen_is_taken_back():
    greenish = picture((150, 190, 150))
    before = to_rgb_row(greenish)[18]
    after = to_rgb_row(key(spill=1.0).apply(greenish, OPS))[18]
    assert after[1] - after[0] < (before[1] - before[0]) / 3


@pytest.mark.parametrize("shape", ["circle", "ellipse", "rectangle", "heart", "star", "diamond", "hexagon"])
def test_a_mask_shows_its_middle_and_hides_the_corners_and_the_other_way_round(shape):
    module = CATALOGUE["mask"].module
    flat = Picture(*(np.full(s, 128, np.float32) for s in ((320, 180), (160, 90), (160, 90))))
    covers = []
    for invert in ("no", "yes"):
        (mask,) = module.filters(module.Params(shape=shape, invert=invert), moment())
        covers.append(mask.apply(flat, OPS).cover)
    inside, outside = covers
    assert inside[160, 90] == 1
    assert inside[0, 0] == 0
    assert np.allclose(inside + outside, 1, atol=0.02)


def test_a_circle_is_as_wide_as_its_size_says():
    module = CATALOGUE["mask"].module
    (mask,) = module.filters(module.Params(shape="circle", size=0.5), moment())
    flat = Picture(*(np.full(s, 128, np.float32) for s in ((320, 180), (160, 90), (160, 90))))
    cover = mask.apply(flat, OPS).cover
    assert cover.sum() == pytest.approx(math.pi * 45**2, rel=0.02)


@pytest.mark.parametrize(
    ("effect", "code"),
    [
        (Effect(name="tint", params={"colour": "red"}), "edit.bad_param"),
        (Effect(name="lut", params={"file": "../../etc/passwd"}), "edit.bad_param"),
        (Effect(name="strobe", params={"rate_hz": 9.0}), "edit.bad_param"),
        (Effect(name="mask", params={"shape": "cloud"}), "edit.bad_param"),
    ],
)
def test_a_bad_value_is_refused_with_its_place(effect, code):
    with pytest.raises(InvalidInput) as refused:
        stack_of((effect,))
    assert (refused.value.code, refused.value.field) == (code, f"/effects/0/params/{next(iter(effect.params))}")


def test_cameras_over_a_composed_picture_become_one_window():
    pulse, shake = Effect(name="pulse", params={}), Effect(name="shake", params={})
    (window,) = stack_of((pulse, shake)).reframed(moment(1))
    assert window.zoom > 1.03
    assert stack_of((Effect(name="warm", params={}),)).reframed(moment(1)) == ()
    flat = Picture(*(np.full(s, 128, np.float32) for s in ((320, 180), (160, 90), (160, 90))))
    assert window.apply(flat, OPS).cover is None
