"""Captions, overlays and cards through the real encoder."""

from dataclasses import replace
from fractions import Fraction

import cv2
import numpy as np
import pytest

from libs.common.media.captions import Caption, CaptionWord
from libs.common.media.errors import InvalidInput
from libs.common.media.footage import Media, MediaKind
from libs.common.media.timeline import Canvas, Clip, Motion, Overlay, OverlayKind, Place
from libs.common.runtime.context import RecordingContext
from services.composition.frames import VideoReader
from services.composition.planes import to_rgb
from services.composition.render import render
from tests.integration.composition.conftest import CANVAS

LENGTH = 40


@pytest.fixture
def shown(studio, settings):
    """The frames of a rendered cut, as RGB, and the notes of its segment."""

    def run(cut, *numbers):
        segment = render(cut, blobs=studio.blobs, settings=settings, context=RecordingContext())
        reader = VideoReader(studio.blobs.open(segment.video.key), start=Fraction(0), name="the segment")
        found = [to_rgb(reader.at(Fraction(number, 30))) for number in numbers]
        reader.close()
        return found, segment.notes

    return run


def phrase(*texts):
    words = tuple(CaptionWord(text=text, start=number * 10, length=10) for number, text in enumerate(texts))
    return Caption(start=0, length=LENGTH, words=words)


def changed(one, other):
    """Share of pixels that differ clearly."""
    return (np.abs(one.astype(int) - other.astype(int)).max(axis=2) > 40).mean()


def test_a_word_that_hops_comes_down_again(studio, shown):
    cut = replace(studio.cut(studio.clip(studio.image(), LENGTH)), captions=(phrase("早上", "热水"),), caption_style="bounce")
    (before, top, rest, later), _ = shown(cut, 9, 13, 25, 35)
    assert changed(top, rest) > 0.003
    assert changed(before, rest) > 0.003  # the other word has the colour
    assert changed(rest, later) < 0.001


def test_a_card_an_inset_and_overlays_that_change_are_drawn(studio, shown):
    card = Clip(
        media=Media(kind=MediaKind.card),
        start=0,
        length=LENGTH,
        source_start=None,
        motion=Motion(zoom_from=1.2, zoom_to=1.2),
        text="今天下单",
        subtext="点击购物车",
        style="end",
        params={"brand": "晨野", "price": "¥199"},
    )
    overlays = (
        Overlay(kind=OverlayKind.countdown, start=0, length=LENGTH, params={"seconds": 2.0, "enter": "none"}),
        Overlay(kind=OverlayKind.progress_bar, start=0, length=LENGTH),
    )
    (early, late), notes = shown(replace(studio.cut(card), overlays=overlays), 15, 38)
    assert changed(early, late) > 0.002
    assert notes == ()


def test_a_code_can_be_read_off_the_finished_picture(studio, shown):
    canvas = Canvas(width_px=540, height_px=960, rate=Fraction(30))
    code = Overlay(
        kind=OverlayKind.qr_code, start=0, length=20, text="https://example.com/p/4711", params={"enter": "none", "leave": "none"}
    )
    cut = replace(studio.cut(studio.clip(studio.image(), 20)), canvas=canvas, overlays=(code,))
    (picture,), _ = shown(cut, 10)
    found, *_ = cv2.QRCodeDetector().detectAndDecode(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    assert found == "https://example.com/p/4711"


def test_characters_without_a_glyph_are_noted(studio, shown):
    _, notes = shown(replace(studio.cut(studio.clip(studio.image(), 10)), captions=(phrase("好\U000e0101"),)), 0)
    assert notes == ("no font here can draw: \U000e0101",)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"caption_style": "comic"}, "edit.unknown_style", "/caption_style"),
        ({"caption_params": {"size_px": 2.0}}, "edit.bad_param", "/caption_params/size_px"),
        ({"safe_area": "myspace"}, "edit.unknown_safe_area", "/safe_area"),
        (
            {"overlays": (Overlay(kind=OverlayKind.text, start=0, length=9, text="字" * 900, place=Place(width=0.5, height=0.2)),)},
            "edit.text_too_long",
            "/overlays/0/text",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_place(studio, shown, change, code, field):
    cut = replace(studio.cut(studio.clip(studio.image(), 10)), captions=(phrase("好"),), **change)
    with pytest.raises(InvalidInput) as refused:
        shown(cut, 0)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert cut.canvas == CANVAS
