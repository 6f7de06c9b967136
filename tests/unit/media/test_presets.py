"""Output presets."""

from dataclasses import replace
from fractions import Fraction

import pytest

from libs.common.media.brief import Aspect
from libs.common.media.errors import InvalidInput
from libs.common.media.presets import PRESETS, master_preset, preset, smaller_sizes
from libs.common.media.timeline import SmallerSize


def test_the_two_presets_of_the_house_are_found():
    assert list(PRESETS) == ["1080p", "540p"]


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("aspect", Aspect)
def test_every_canvas_has_even_sides_and_its_aspect(name, aspect):
    canvas = preset(name).canvas(aspect)
    assert canvas.width_px % 2 == canvas.height_px % 2 == 0
    wide, high = (int(part) for part in aspect.split(":"))
    assert canvas.width_px / canvas.height_px == pytest.approx(wide / high, rel=0.005)


def test_the_master_has_the_largest_size_asked_for():
    assert master_preset(("540p", "1080p")).name == "1080p"


def test_an_unknown_preset_is_named_with_those_there_are():
    with pytest.raises(InvalidInput, match="1080p, 540p") as caught:
        preset("8k")
    assert (caught.value.code, caught.value.field) == ("brief.unknown_preset", "/presets")


@pytest.fixture
def full():
    return preset("1080p").canvas(Aspect.portrait)


@pytest.fixture
def half():
    return preset("540p").canvas(Aspect.portrait)


def test_sizes_that_are_made_with_the_master_come_largest_first_whatever_order_was_asked_for(full, half):
    quarter = replace(half, width_px=270, height_px=480)
    wanted = (SmallerSize(preset="540p", canvas=half), SmallerSize(preset="270p", canvas=quarter))
    assert smaller_sizes({"270p": quarter, "540p": half, "1080p": full}, full) == wanted
    assert smaller_sizes({"1080p": full, "540p": half, "270p": quarter}, full) == wanted


def test_a_larger_size_or_another_rate_cannot_be_made_with_the_master(full, half):
    assert smaller_sizes({"1080p": full}, half) == ()
    assert smaller_sizes({"540p": replace(half, rate=Fraction(25))}, full) == ()
