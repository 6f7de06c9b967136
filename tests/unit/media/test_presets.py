"""Output presets."""

import pytest

from libs.common.media.brief import Aspect
from libs.common.media.errors import InvalidInput
from libs.common.media.presets import PRESETS, master_preset, preset


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
