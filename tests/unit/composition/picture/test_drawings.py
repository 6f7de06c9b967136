"""Drawings on small canvases: where the ink lies and what it says."""

from dataclasses import replace
from fractions import Fraction

import cv2
import numpy as np
import pytest

from libs.common.media.captions import Anchor, Caption, CaptionWord
from libs.common.media.errors import InvalidInput
from libs.common.media.footage import Media, MediaKind
from libs.common.media.platforms import PLATFORMS
from libs.common.media.timeline import Canvas, Clip, Overlay, OverlayKind, Place
from services.composition import captions, cards, overlays
from services.composition.captions import arrivals, draw_caption
from services.composition.cards import draw_card
from services.composition.drawing import check_drawings, unknown_characters
from services.composition.layout import layout_of
from services.composition.overlays import draw_overlay, overlay_params, overlay_state
from services.composition.planes import from_rgb, to_rgb
from services.composition.text import missing_glyphs
from services.composition.theme import theme_of

CANVASES = [(360, 640), (640, 360), (480, 480), (432, 540)]
BRANDED = {"karaoke", "pill", "box", "outline", "shadow", "neon", "gradient", "underline", "typewriter", "pop", "bounce", "news", "stacked"}
SAID = {
    OverlayKind.price_tag: ("¥1,234,567.89", "¥299"),
    OverlayKind.qr_code: ("https://example.com/p/1", "扫码下单"),
    OverlayKind.lower_third: ("林晓", "产品经理"),
    OverlayKind.badge: ("新品", ""),
    OverlayKind.label: ("AI生成", ""),
    OverlayKind.logo: ("晨野", ""),
}


@pytest.fixture(params=CANVASES, ids=lambda size: f"{size[0]}x{size[1]}")
def theme(request, bench):
    canvas = Canvas(width_px=request.param[0], height_px=request.param[1], rate=Fraction(30))
    return theme_of(replace(bench.cut(), canvas=canvas))


@pytest.fixture
def upright(bench):
    return theme_of(replace(bench.cut(), canvas=Canvas(width_px=360, height_px=640, rate=Fraction(30))))


def caption(*texts, anchor=Anchor.bottom):
    return Caption(
        start=0, length=30, anchor=anchor, words=tuple(CaptionWord(text=text, start=n, length=1) for n, text in enumerate(texts))
    )


def overlay(kind, text=None, subtext=None, place=None, **params):
    said = SAID.get(kind, ("保温12小时不凉", ""))
    return Overlay(
        kind=kind,
        start=0,
        length=60,
        text=said[0] if text is None else text,
        subtext=said[1] if subtext is None else subtext,
        place=place,
        params=params,
    )


def card(style="statement", text="早上装热水，晚上还烫嘴", subtext="", **params):
    return Clip(
        media=Media(kind=MediaKind.card), start=0, length=30, source_start=None, text=text, subtext=subtext, style=style, params=params
    )


def drawn(theme, asked, image=None, state=0):
    return draw_overlay(asked, theme, image, state)


def solid_box(patch, least=250):
    """Left, top, right, bottom of what is (nearly) opaque, on the canvas."""
    rows, columns = np.nonzero(patch.keep <= 255 - least)
    return patch.left + columns.min(), patch.top + rows.min(), patch.left + columns.max() + 1, patch.top + rows.max() + 1


def over(patch, canvas, level=128):
    """A grey picture with the patch on it, RGB."""
    planes = from_rgb(np.full((canvas.height_px, canvas.width_px, 3), level, np.uint8))
    y, x = patch.top, patch.left
    for plane, ink, keep, half in zip(planes.all(), patch.ink.all(), patch.keeps(), (1, 2, 2), strict=True):
        part = plane[y // half : y // half + ink.shape[0], x // half : x // half + ink.shape[1]]
        part[...] = np.clip(np.rint(part * (keep / 255.0)) + ink, 0, 255)
    return to_rgb(planes)


@pytest.mark.parametrize("style", captions.CATALOGUE)
@pytest.mark.parametrize("anchor", Anchor)
@pytest.mark.parametrize(
    "texts", [("热水",), ("这款保温杯", "采用", "不锈钢", "内胆"), ("Supercalifragilistic", "expialidocious ", "words"), ("مرحبا ", "بكم!")]
)
def test_captions_stay_in_the_safe_area(theme, style, anchor, texts):
    left, top, right, bottom = solid_box(draw_caption(caption(*texts, anchor=anchor), 0, style, theme), least=180)
    safe = theme.layout.safe
    assert left >= safe.left - 1
    assert right <= safe.right + 1
    assert bottom <= safe.bottom + theme.px(18)
    assert top >= safe.top - theme.px(18)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_captions_and_label_keep_clear_of_every_platforms_buttons(bench, platform):
    canvas = Canvas(width_px=360, height_px=640, rate=Fraction(30))
    theme = theme_of(replace(bench.cut(), canvas=canvas, safe_area=platform))
    covered = PLATFORMS[platform]
    for patch in (draw_caption(caption("这款保温杯", "不锈钢"), 0, "plain", theme), drawn(theme, overlay(OverlayKind.label))):
        left, top, right, bottom = solid_box(patch, least=110)
        assert left >= covered.left * 360 - 1
        assert right <= (1 - covered.right) * 360 + 2
        assert top >= covered.top * 640 - 2
        assert bottom <= (1 - covered.bottom) * 640 + theme.px(18)


def test_captions_of_an_upright_video_end_above_the_platforms_buttons(bench):
    theme = theme_of(bench.cut())
    assert 0.68 <= theme.layout.caption_bottom / 1920 <= 0.74


def test_a_picture_in_the_middle_of_the_screen_is_covered_less():
    tall, square = (layout_of(Canvas(width_px=360, height_px=height, rate=Fraction(30)), "reels") for height in (640, 360))
    assert tall.bottom / 640 == pytest.approx(0.65, abs=0.01)
    assert square.bottom / 360 > 0.74


@pytest.mark.parametrize("style", sorted(BRANDED))
def test_the_highlight_changes_the_ink(upright, style):
    words = caption("早上", "热水")
    first, second = (over(draw_caption(words, active, style, upright), upright.canvas) for active in (0, 1))
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("style", captions.CATALOGUE)
@pytest.mark.parametrize("level", [250, 12])
def test_every_style_can_be_read_on_white_and_on_black(upright, style, level):
    """Light and dark lie next to each other where the words are."""
    patch = draw_caption(caption("保温", "热水"), 0, style, upright)
    shown = cv2.cvtColor(over(patch, upright.canvas, level), cv2.COLOR_RGB2GRAY).astype(int)
    left, top, right, bottom = solid_box(patch, least=180)
    part = shown[top:bottom, left:right]
    assert np.percentile(part, 97) - np.percentile(part, 5) > 110


@pytest.mark.parametrize("style", [name for name, plugin in captions.CATALOGUE.items() if hasattr(plugin.module, "MOVES_S")])
def test_a_word_that_comes_in_ends_at_rest_and_is_drawn_once_a_frame(upright, style):
    steps = arrivals(style, Fraction(30))
    assert 3 <= len(steps) <= 12
    assert steps[-1] == 1
    ink = [over(draw_caption(caption("早上", "热水"), 1, style, upright, arrived=at), upright.canvas) for at in (steps[0], steps[-1])]
    assert not np.array_equal(*ink)


def test_words_that_run_to_the_left_are_highlighted_from_the_right(upright):
    words = caption("سعر ", "الكوب ", "199 ", "ريال")
    boxes = [captions.placed_words(words, "pill", upright, {})[index] for index in range(4)]
    first_line = [word for word in boxes if word.line == 0]
    assert [word.x for word in first_line] == sorted((word.x for word in first_line), reverse=True)


def test_a_latin_name_inside_hebrew_keeps_its_order(upright):
    words = captions.placed_words(caption("קנו ", "iPhone ", "15 ", "עכשיו"), "plain", upright, {"size_px": 50})
    at = {word.text: word.x for word in words}
    assert at["עכשיו"] < at["iPhone"] < at["קנו"]


def test_a_word_that_no_line_holds_is_broken_and_still_one_word(upright):
    words = captions.placed_words(caption("看", "https://example.com/" + "abc" * 20), "pill", upright, {})
    parts = [word for word in words if word.index == 1]
    assert len(parts) > 1
    assert "".join(word.text for word in parts) == "https://example.com/" + "abc" * 20
    assert max(word.x + word.width for word in parts) <= upright.layout.caption_right + 1


def test_what_cannot_be_read_is_refused_and_named(upright):
    with pytest.raises(InvalidInput) as refused:
        draw_caption(caption(*["字" * 25] * 20), 0, "plain", upright, field="/captions/4")
    assert (refused.value.code, refused.value.field) == ("edit.text_too_long", "/captions/4/words")
    with pytest.raises(InvalidInput) as refused:
        drawn(upright, overlay(OverlayKind.text, "字" * 2000))
    assert (refused.value.code, refused.value.field) == ("edit.text_too_long", "/overlays/0/text")
    with pytest.raises(InvalidInput) as refused:
        draw_card(card(text="字" * 500), upright)
    assert (refused.value.code, refused.value.field) == ("edit.text_too_long", "/clips/0/text")


@pytest.mark.parametrize(
    ("style", "values", "code", "field"),
    [
        ("comic", {}, "edit.unknown_style", "/caption_style"),
        ("plain", {"size": 3}, "edit.unknown_param", "/caption_params/size"),
        ("plain", {"size_px": 900}, "edit.bad_param", "/caption_params/size_px"),
        ("plain", {"colour": "rouge"}, "edit.bad_param", "/caption_params/colour"),
    ],
)
def test_what_the_catalogue_of_captions_does_not_have_is_refused(upright, style, values, code, field):
    with pytest.raises(InvalidInput) as refused:
        draw_caption(caption("热水"), 0, style, upright, values)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("change", [{"safe_area": "myspace"}, {"caption_style": "comic"}])
def test_a_cut_with_an_unknown_name_is_refused_before_anything_is_drawn(bench, change):
    words = [bench.word("早上", 0.1, 0.5)]
    with pytest.raises(InvalidInput) as refused:
        check_drawings(replace(bench.cut(words=words), **change))
    assert refused.value.field == f"/{next(iter(change))}"


def test_every_parameter_of_a_style_changes_the_ink(upright):
    plain = draw_caption(caption("热水"), 0, "plain", upright)
    for values in (
        {"size_px": 60.0},
        {"colour": "#FF0000"},
        {"stroke_px": 30.0},
        {"stroke_colour": "primary"},
        {"lift_px": 90.0},
        {"shadow": 0.0},
    ):
        other = draw_caption(caption("热水"), 0, "plain", upright, values)
        assert not np.array_equal(over(plain, upright.canvas), over(other, upright.canvas)), values


@pytest.mark.parametrize("text", ["AI生成", "AI-generated"])
def test_the_capitals_of_the_label_are_five_percent_of_the_shortest_side(theme, text):
    """Measured on the drawn A and I, which stand at the left of the box."""
    patch = drawn(theme, overlay(OverlayKind.label, text))
    bright = patch.ink.y.astype(int) > 200
    columns = bright[:, round(theme.px(24)) : round(theme.px(24)) + round(theme.px(70))]
    rows = np.nonzero(columns.any(axis=1))[0]
    inner = [row for row in rows if theme.px(10) < row < patch.ink.height - theme.px(10)]
    assert (inner[-1] - inner[0] + 1) >= 0.05 * min(theme.canvas.width_px, theme.canvas.height_px)


@pytest.mark.parametrize("kind", OverlayKind)
def test_overlays_stay_in_the_safe_area_and_on_even_places(theme, kind, logo_png):
    asked = overlay(kind)
    patch = drawn(theme, asked, logo_png if kind in (OverlayKind.image,) else None, state=5)
    left, top, right, bottom = solid_box(patch, least=110)
    safe = theme.layout.safe
    outside = theme.px(40) if kind is OverlayKind.progress_bar else theme.px(14)
    assert safe.left - outside <= left < right <= safe.right + outside
    assert safe.top - outside <= top < bottom <= safe.bottom + outside
    assert patch.left % 2 == patch.top % 2 == patch.ink.width % 2 == patch.ink.height % 2 == 0


@pytest.mark.parametrize("kind", sorted(set(OverlayKind) - {OverlayKind.label}))
def test_an_overlay_with_a_place_stays_in_it(upright, kind, logo_png):
    place = Place(left=0.2, top=0.3, width=0.6, height=0.3)
    patch = drawn(upright, overlay(kind, place=place), logo_png if kind is OverlayKind.image else None, state=5)
    left, top, right, bottom = solid_box(patch, least=150)
    assert left >= 0.2 * 360 - 8
    assert right <= 0.8 * 360 + 8
    assert top >= 0.3 * 640 - 8
    assert bottom <= 0.6 * 640 + 8


def test_a_place_outside_the_safe_area_is_refused(upright):
    with pytest.raises(InvalidInput) as refused:
        drawn(upright, overlay(OverlayKind.text, place=Place(left=0.0, top=0.9, width=0.5, height=0.1)))
    assert (refused.value.code, refused.value.field) == ("edit.outside_safe_area", "/overlays/0/place")


def test_every_kind_of_overlay_is_in_the_catalogue():
    assert set(overlays.CATALOGUE) == {kind.value for kind in OverlayKind}


def test_heading_label_and_logo_do_not_touch(theme):
    boxes = []
    for kind, text in ((OverlayKind.heading, "保温12小时不凉"), (OverlayKind.label, "AI生成"), (OverlayKind.logo, "晨野")):
        boxes.append(solid_box(drawn(theme, overlay(kind, text)), least=120))
    for one, other in ((0, 1), (0, 2), (1, 2)):
        a, b = boxes[one], boxes[other]
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_logo_is_fitted_and_keeps_its_transparency(theme, logo_png):
    patch = drawn(theme, overlay(OverlayKind.logo, ""), logo_png)
    left, top, right, bottom = solid_box(patch)
    assert right - left <= theme.px(300) + 2
    assert bottom - top <= theme.px(96) + 2
    assert patch.keep.max() > 200


@pytest.mark.parametrize("kind", [OverlayKind.logo, OverlayKind.image])
def test_an_image_that_is_no_picture_is_refused(upright, kind):
    with pytest.raises(InvalidInput) as refused:
        drawn(upright, overlay(kind, ""), b"no picture")
    assert refused.value.code == "media.unreadable"


@pytest.mark.parametrize("text", ["https://example.com/p/4711", "杯子 https://shop.example.com/items?id=99887766&from=video&batch=20"])
@pytest.mark.parametrize(("size", "shrink"), [((1080, 1920), 1.0), ((1080, 1920), 0.5), ((540, 960), 1.0)])
def test_a_code_is_read_again_also_in_a_rendition_of_half_the_size(bench, text, size, shrink):
    canvas = Canvas(width_px=size[0], height_px=size[1], rate=Fraction(30))
    shown = over(drawn(theme_of(replace(bench.cut(), canvas=canvas)), overlay(OverlayKind.qr_code, text, "扫码")), canvas, 40)
    seen = cv2.cvtColor(cv2.resize(shown, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2BGR)
    found = [reader.detectAndDecode(seen)[0] for reader in (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco())]
    assert text in found


def test_a_code_too_small_for_phones_is_refused(upright):
    with pytest.raises(InvalidInput) as refused:
        drawn(upright, overlay(OverlayKind.qr_code, place=Place(left=0.2, top=0.3, width=0.12, height=0.1)))
    assert (refused.value.code, refused.value.field) == ("edit.qr_too_small", "/overlays/0/place")


def test_a_countdown_is_drawn_once_a_second(upright):
    asked = overlay(OverlayKind.countdown, "距结束", seconds=3.0)
    params = overlay_params(asked)
    states = [overlay_state(asked, params, frame, upright.canvas) for frame in range(100)]
    assert states == [3] * 30 + [2] * 30 + [1] * 30 + [0] * 10
    first, second = (over(drawn(upright, asked, state=state), upright.canvas) for state in (3, 2))
    assert not np.array_equal(first, second)


def test_a_progress_bar_of_a_later_scene_begins_where_the_one_before_ended(upright):
    one, other = (overlay(OverlayKind.progress_bar, start_s=at, total_s=4.0) for at in (0.0, 2.0))
    last, first = (overlay_state(o, overlay_params(o), frame, upright.canvas) for o, frame in ((one, 59), (other, 0)))
    assert 0 < last < first <= last + 5
    assert overlay_state(other, overlay_params(other), 59, upright.canvas) == 500


@pytest.mark.parametrize("style", cards.CATALOGUE)
@pytest.mark.parametrize("platform", ["generic", "reels"])
def test_a_cards_words_stay_between_labels_and_captions(bench, theme, style, platform):
    theme = theme_of(replace(bench.cut(), canvas=theme.canvas, safe_area=platform))
    params = {"brand": "晨野", "price": "¥199", "was": "¥299", "qr": "https://example.com/p/1"} if style == "end" else {}
    subtext = "内胆：316不锈钢\n保温：12小时" if style != "end" else "点击购物车"
    patch = draw_card(card(style, "早上装热水，晚上还烫嘴，出门通勤都带它，真的很省心", subtext, **params), theme)
    left, top, right, bottom = solid_box(patch)
    assert theme.layout.left <= left < right <= theme.layout.right
    assert theme.layout.heading_top - theme.px(16) <= top
    assert bottom <= theme.layout.caption_band(Anchor.bottom).top


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        (card("poster"), "edit.unknown_card", "/clips/0/style"),
        (card(glow=1.0), "edit.unknown_param", "/clips/0/params/glow"),
        (card("list", subtext="\n".join("一二三四五六七")), "edit.too_many_points", "/clips/0/subtext"),
        (card("end", qr="x" * 400), "edit.qr_too_small", "/clips/0/params/qr"),
    ],
)
def test_what_the_catalogue_of_cards_does_not_have_is_refused(upright, asked, code, field):
    with pytest.raises(InvalidInput) as refused:
        draw_card(asked, upright)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_missing_glyphs_are_named_once(bench):
    assert missing_glyphs("保温杯 AI ¥199 😋 \U0001f468\u200d\U0001f469") == ""
    assert missing_glyphs("好\U000e0101x\U000e0101") == "\U000e0101"
    cut = bench.cut(bench.card(90))
    assert unknown_characters(replace(cut, clips=(replace(cut.clips[0], subtext="\U000e0101"),))) == "\U000e0101"


def test_colours_survive_the_way_to_planes_and_back():
    swatches = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255], [0, 0, 0], [255, 212, 0]], np.uint8)
    picture = np.repeat(np.repeat(swatches[None, :, :], 8, axis=0), 8, axis=1)
    planes = from_rgb(picture)
    assert (planes.y[0, 4], planes.u[0, 2], planes.v[0, 2]) == (63, 102, 240)  # BT.709 red; BT.601 would be 81, 90, 240
    middle = to_rgb(planes)[4, 4::8].astype(int)
    assert np.abs(middle - swatches).max() <= 3
