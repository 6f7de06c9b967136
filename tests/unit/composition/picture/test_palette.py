import pytest

from services.composition.palette import INK, WHITE, accent_on, contrast, parse, text_on


def test_contrast_runs_from_one_to_twenty_one():
    assert contrast(WHITE, WHITE) == 1
    assert contrast(parse("#000000"), WHITE) == pytest.approx(21)


@pytest.mark.parametrize("colour", ["#FFD400", "#2F6BFF", "#111418", "#F4F6FA", "#FF4D4F", "#7F7F7F"])
def test_text_can_be_read_on_any_brand_colour(colour):
    assert contrast(text_on(parse(colour)), parse(colour)) >= 4.3  # large bold type wants 3


@pytest.mark.parametrize("colour", ["#000080", "#111418", "#FFD400", "#8B0000"])
def test_an_accent_is_moved_until_it_can_be_read(colour):
    assert contrast(accent_on(INK, parse(colour)), INK) >= 4.5


def test_a_readable_accent_is_left_alone():
    assert accent_on(INK, parse("#FFD400")) == parse("#FFD400")
