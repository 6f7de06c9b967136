"""Drawings on small canvases: where the ink lies and what it says."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Canvas, Overlay, OverlayKind
from services.composition.captions import CATALOGUE, draw_caption
from services.composition.cards import draw_card_text
from services.composition.overlays import draw_overlay
from services.composition.planes import from_rgb, to_rgb
from services.composition.text import missing_glyphs
from services.composition.theme import theme_of

CANVASES = [(360, 640), (640, 360), (480, 480), (432, 540)]


@pytest.fixture(params=CANVASES, ids=lambda size: f"{size[0]}x{size[1]}")
def theme(request, bench):
    canvas = Canvas(width_px=request.param[0], height_px=request.param[1], rate=Fraction(30))
    return theme_of(replace(bench.cut(), canvas=canvas))


def caption(*texts):
    return Caption(start=0, length=30, words=tuple(CaptionWord(text=text, start=n, length=1) for n, text in enumerate(texts)))


def solid_box(patch, least=250):
    """Left, top, right, bottom of what is (nearly) opaque, on the canvas."""
    rows, columns = np.nonzero(patch.keep <= 255 - least)
    return patch.left + columns.min(), patch.top + rows.min(), patch.left + columns.max() + 1, patch.top + rows.max() + 1


@pytest.mark.parametrize("style", CATALOGUE)
@pytest.mark.parametrize(
    "texts", [("热水",), ("这款保温杯", "采用", "不锈钢", "内胆"), ("Supercalifragilistic", "expialidocious ", "words")]
)
def test_captions_stay_in_the_safe_area(theme, style, texts):
    left, top, right, bottom = solid_box(draw_caption(caption(*texts), 0, style, theme), least=180)
    margin = theme.canvas.width_px * 0.06
    assert left >= margin
    assert right <= theme.canvas.width_px - margin
    assert bottom <= theme.layout.caption_bottom + theme.px(16)
    assert top >= theme.canvas.height_px * 0.3


def test_captions_of_an_upright_video_end_above_the_platforms_buttons(bench):
    theme = theme_of(bench.cut())
    assert 0.68 <= theme.layout.caption_bottom / 1920 <= 0.74


def test_the_highlight_changes_the_ink(bench):
    theme = theme_of(replace(bench.cut(), canvas=Canvas(width_px=360, height_px=640, rate=Fraction(30))))
    words = caption("早上", "热水")
    for style in ("karaoke", "pill", "box"):
        first, second = (draw_caption(words, active, style, theme) for active in (0, 1))
        assert first.ink.v.shape != second.ink.v.shape or not np.array_equal(first.ink.v, second.ink.v)


def test_an_unknown_style_is_refused(theme):
    with pytest.raises(InvalidInput):
        draw_caption(caption("热水"), 0, "comic", theme)


@pytest.mark.parametrize("text", ["AI生成", "AI-generated"])
def test_the_capitals_of_the_label_are_five_percent_of_the_shortest_side(theme, text):
    """Measured on the drawn A and I, which stand at the left of the box."""
    patch = draw_overlay(Overlay(kind=OverlayKind.label, start=0, length=60, text=text), theme, None)
    bright = patch.ink.y.astype(int) > 200
    columns = bright[:, round(theme.px(24)) : round(theme.px(24)) + round(theme.px(70))]
    rows = np.nonzero(columns.any(axis=1))[0]
    inner = [row for row in rows if theme.px(10) < row < patch.ink.height - theme.px(10)]
    assert (inner[-1] - inner[0] + 1) >= 0.05 * min(theme.canvas.width_px, theme.canvas.height_px)


@pytest.mark.parametrize("kind", [kind for kind in OverlayKind])
def test_overlays_stay_on_the_canvas_and_on_even_places(theme, kind):
    overlay = Overlay(
        kind=kind, start=0, length=60, text="¥1,234,567.89" if kind is OverlayKind.price_tag else "保温12小时不凉", subtext="¥299"
    )
    patch = draw_overlay(overlay, theme, None)
    left, top, right, bottom = solid_box(patch, least=110)
    assert 0 <= left < right <= theme.canvas.width_px
    assert 0 <= top < bottom <= theme.canvas.height_px
    assert patch.left % 2 == patch.top % 2 == patch.ink.width % 2 == patch.ink.height % 2 == 0


def test_heading_label_and_logo_do_not_touch(theme):
    boxes = []
    for kind, text in ((OverlayKind.heading, "保温12小时不凉"), (OverlayKind.label, "AI生成"), (OverlayKind.logo, "晨野")):
        boxes.append(solid_box(draw_overlay(Overlay(kind=kind, start=0, length=60, text=text), theme, None), least=120))
    for one, other in ((0, 1), (0, 2), (1, 2)):
        a, b = boxes[one], boxes[other]
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_logo_is_fitted_and_keeps_its_transparency(theme, logo_png):
    patch = draw_overlay(Overlay(kind=OverlayKind.logo, start=0, length=60), theme, logo_png)
    left, top, right, bottom = solid_box(patch)
    assert right - left <= theme.px(300) + 2
    assert bottom - top <= theme.px(96) + 2
    assert patch.keep.max() > 200


def test_a_logo_that_is_no_picture_is_refused(theme):
    with pytest.raises(InvalidInput):
        draw_overlay(Overlay(kind=OverlayKind.logo, start=0, length=60), theme, b"no picture")


def test_a_cards_text_fits_the_card(theme):
    patch = draw_card_text("早上装热水，晚上还烫嘴，出门通勤都带它，真的很省心", theme)
    left, top, right, bottom = solid_box(patch)
    assert theme.layout.left <= left < right <= theme.layout.right
    assert 0 < top < bottom < 0.7 * theme.canvas.height_px


def test_missing_glyphs_are_named_once():
    assert missing_glyphs("保温杯 AI ¥199 😋 \U0001f468\u200d\U0001f469") == ""
    assert missing_glyphs("好\U000e0101x\U000e0101") == "\U000e0101"


def test_colours_survive_the_way_to_planes_and_back():
    swatches = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255], [0, 0, 0], [255, 212, 0]], np.uint8)
    picture = np.repeat(np.repeat(swatches[None, :, :], 8, axis=0), 8, axis=1)
    planes = from_rgb(picture)
    assert (planes.y[0, 4], planes.u[0, 2], planes.v[0, 2]) == (63, 102, 240)  # BT.709 red; BT.601 would be 81, 90, 240
    middle = to_rgb(planes)[4, 4::8].astype(int)
    assert np.abs(middle - swatches).max() <= 3
