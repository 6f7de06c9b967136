"""What every transition keeps to, drawn on real frames: it begins with the old picture and ends with the new one."""

import io
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.errors import InvalidInput
from libs.common.media.footage import Media, MediaKind
from libs.common.media.timeline import Canvas, Clip, Cut, Effect, Fit, Place, Transition
from services.composition.executors.opencv import OpencvExecutor
from services.composition.feeds import Feeds, Views
from services.composition.plan import ScenePlan
from services.composition.planes import blank
from services.composition.recipe import Layer
from services.composition.theme import theme_of
from services.composition.transitions import CATALOGUE, transition

CANVAS = Canvas(width_px=72, height_px=128, rate=Fraction(30))
ENDLESS = 10**6
"""Frames of an overlap whose first and last are as good as its ends."""
BLOBS = MemoryBlobStore()


def still(seed, size):
    """Soft waves and hard edges, bright for even seeds and dark for odd ones."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width]
    wave = np.sin(x / (4 + seed)) * 50 + np.cos(y / (7 + seed)) * 40 + ((x // 9 + y // 13) % 2) * 30
    level = (170 if seed % 2 == 0 else 70) + wave * 0.5
    rgb = np.dstack([level, level * 0.8 + 20 * seed, 255 - level]).clip(0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "PNG")
    ref = store_content(BLOBS, "images", out.getvalue(), "png")
    return Media(kind=MediaKind.image, blob=ref, width_px=width, height_px=height)


OLD, NEW = still(0, (72, 128)), still(1, (72, 128))
WIDE_OLD, WIDE_NEW = still(2, (128, 72)), still(3, (128, 72))


def clip(media, length, **changes):
    return Clip(media=media, start=0, length=length, source_start=None, **changes)


def scene(new, *, length, transition=None, insets=()):
    return Cut(
        scene=1,
        canvas=CANVAS,
        length=length,
        clips=(new,),
        transition=transition,
        captions=(),
        caption_style="plain",
        insets=insets,
    )


def changing(name, old, new, *, length, params=None, insets=()):
    change = Transition(name=name, length=length, outgoing=old, params=params or {})
    return scene(new, length=length + 1, transition=change, insets=insets)


def drawn(cut, numbers, executor=None):
    """The frames as float arrays, all three planes one after the other."""
    plan = ScenePlan(cut)
    feeds, views, found = Feeds(plan, theme_of(cut), BLOBS), Views(plan), []
    for number in numbers:
        recipe, target = plan.frame(number), blank(CANVAS.width_px, CANVAS.height_px)
        pictures = feeds.pictures(recipe)
        (executor or OpencvExecutor()).compose(target, recipe, views=views.of(recipe, pictures), looks=plan.looks, patches={})
        found.append(np.concatenate([plane.ravel() for plane in target.all()]).astype(float))
    return found


def parameters(name):
    """None at all, and each at its bounds or with each of its choices."""
    found = [{}]
    for param in CATALOGUE[name].params:
        found += [{param.name: bound} for bound in (param.minimum, param.maximum) if bound is not None]
        found += [{param.name: choice} for choice in param.choices]
    return found


EACH = [pytest.param(name, params, id=f"{name}-{params}") for name in CATALOGUE for params in parameters(name)]


@pytest.mark.parametrize(("name", "params"), EACH)
def test_a_transition_begins_with_the_old_picture_and_ends_with_the_new_one(name, params):
    old, new = clip(OLD, ENDLESS), clip(NEW, ENDLESS + 1)
    first, last, after = drawn(changing(name, old, new, length=ENDLESS, params=params), (0, ENDLESS - 1, ENDLESS))
    [before] = drawn(scene(clip(OLD, 1), length=1), (0,))
    assert np.abs(first - before).max() <= 1
    assert np.abs(last - after).max() <= 1


CLIPS = {
    "over a backdrop": (clip(WIDE_OLD, ENDLESS, fit=Fit.blur), clip(WIDE_NEW, ENDLESS + 1, fit=Fit.blur)),
    "with bars": (clip(WIDE_OLD, ENDLESS, fit=Fit.contain), clip(WIDE_NEW, ENDLESS + 1, fit=Fit.contain)),
    "in a place, half there": (clip(OLD, ENDLESS, opacity=0.5), clip(NEW, ENDLESS + 1, place=Place(width=0.5), opacity=0.5)),
    "with filters": (
        clip(WIDE_OLD, ENDLESS, fit=Fit.blur, effects=(Effect(name="blur", params={}),)),
        clip(WIDE_NEW, ENDLESS + 1, fit=Fit.contain, effects=(Effect(name="blur", params={}),)),
    ),
}


@pytest.mark.parametrize("name", CATALOGUE)
@pytest.mark.parametrize("kind", CLIPS)
def test_pictures_made_of_several_layers_change_as_one(name, kind):
    old, new = CLIPS[kind]
    inset = clip(OLD, ENDLESS + 1, place=Place(left=0.5, top=0.5, width=0.4, height=0.3))
    first, last, after = drawn(changing(name, old, new, length=ENDLESS, insets=(inset,)), (0, ENDLESS - 1, ENDLESS))
    [before] = drawn(scene(old, length=ENDLESS), (0,))
    assert np.abs(first - before).max() <= 1
    assert np.abs(last - after).max() <= 1


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_kernel_draws_the_same_transition(name, kernel):
    cut = changing(name, clip(WIDE_OLD, 12, fit=Fit.blur), clip(NEW, 13), length=12)
    for one, other in zip(drawn(cut, (2, 6, 10)), drawn(cut, (2, 6, 10), kernel), strict=True):
        assert (np.abs(one - other) <= 1).mean() >= 0.99
        # A fade by brightness turns a level's difference of the source into several of the mix.
        assert np.abs(one - other).max() <= (6 if name == "luma" else 3)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_transition_is_the_same_each_time_and_never_longer_than_its_overlap(name):
    cut = changing(name, clip(OLD, 12), clip(NEW, 13), length=12)
    one, other = drawn(cut, range(13)), drawn(cut, range(13))
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    assert np.array_equal(one[12], drawn(scene(clip(NEW, 1), length=1), (0,))[0])


@pytest.mark.parametrize("name", CATALOGUE)
def test_twelve_frames_are_enough_to_see_it_move(name):
    frames = drawn(changing(name, clip(OLD, 12), clip(NEW, 13), length=12), range(13))
    steps = [np.abs(after - before).mean() for before, after in pairwise(frames)]
    assert sum(step > 0.02 for step in steps) >= 7


@pytest.mark.parametrize("name", CATALOGUE)
def test_no_transition_flickers(name):
    """WCAG 2.3.1: at most three flashes a second; a flash is a pair of opposing changes of brightness by a tenth or more."""
    size = CANVAS.width_px * CANVAS.height_px
    luma = [frame[:size].mean() for frame in drawn(changing(name, clip(OLD, 12), clip(NEW, 13), length=12), range(13))]
    turns, low, high = 0, luma[0], luma[0]
    rising = None
    for level in luma[1:]:
        low, high = min(low, level), max(high, level)
        if level - low > 22 and rising is not True:
            turns, rising, high = turns + 1, True, level
        elif high - level > 22 and rising is not False:
            turns, rising, low = turns + 1, False, level
        low, high = (level, high) if rising is False else (low, level) if rising else (low, high)
    assert turns <= 4


def layers(recipe_layers):
    for layer in recipe_layers:
        assert isinstance(layer, Layer)
        yield layer
        yield from layers(layer.over)


@pytest.mark.parametrize(("name", "params"), EACH)
def test_every_layer_is_even_and_on_the_canvas(name, params):
    plan = ScenePlan(changing(name, clip(WIDE_OLD, 12, fit=Fit.blur), clip(NEW, 13), length=12, params=params))
    for number in range(13):
        for layer in layers(plan.frame(number).layers):
            assert all(side % 2 == 0 for side in (layer.left, layer.top, layer.width, layer.height, layer.shift_x, layer.shift_y))
            assert layer.width > 0
            assert layer.height > 0
            assert 0 <= layer.left <= layer.left + layer.width <= CANVAS.width_px
            assert 0 <= layer.top <= layer.top + layer.height <= CANVAS.height_px
            assert 0 < layer.mix <= 1


@pytest.mark.parametrize(
    "name", ["crossfade", "dip", "flash", "push", "slide", "cover", "uncover", "wipe", "doors", "strips", "zoom", "grow"]
)
def test_the_fast_transitions_stay_without_filters(name):
    place = transition(name, {}, CANVAS)
    for number in range(12):
        assert not any(piece.filters for side in place((number + 1) / 13) for piece in (side, *side.also))


@pytest.mark.parametrize(
    ("name", "params", "field", "code"),
    [
        ("star wipe", {}, "/transition/name", "edit.unknown_transition"),
        ("push", {"direction": "sideways"}, "/transition/params/direction", "edit.bad_param"),
        ("wipe", {"softness": 2.0}, "/transition/params/softness", "edit.bad_param"),
        ("dip", {"colour": "reddish"}, "/transition/params/colour", "edit.bad_param"),
        ("crossfade", {"speed": 1.0}, "/transition/params/speed", "edit.unknown_param"),
    ],
)
def test_what_the_catalogue_does_not_have_is_refused_by_name(name, params, field, code):
    with pytest.raises(InvalidInput) as refused:
        transition(name, params, CANVAS)
    assert (refused.value.field, refused.value.code) == (field, code)
