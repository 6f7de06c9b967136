import json
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from libs.common.media.errors import Defect
from libs.common.media.timeline import Cut, Overlay, OverlayKind
from services.encoding.labels import aigc_label, aigc_value, produce_id, require_aigc, visible_label
from services.encoding.settings import EncodingSettings

CODE = "001191310000MA1K00000X10000"


def notice(start: int, length: int) -> Overlay:
    return Overlay(kind=OverlayKind.label, start=start, length=length, text="本视频由 AI 生成")


def test_the_implicit_label_has_the_seven_keys_in_order_and_prints_as_ascii():
    value = aigc_value(CODE, produce_id("a", "b"))

    assert list(json.loads(value)) == [
        "Label",
        "ContentProducer",
        "ProduceID",
        "ReservedCode1",
        "ContentPropagator",
        "PropagateID",
        "ReservedCode2",
    ]
    assert all("!" <= character <= "~" for character in value)


def test_the_same_content_has_the_same_number_and_other_content_another():
    assert produce_id("a", "b") == produce_id("a", "b")
    assert produce_id("a", "b") != produce_id("ab")


def test_a_lost_or_changed_label_is_a_defect():
    require_aigc({"AIGC": "x"}, "x")
    require_aigc({}, None)
    for metadata, value in (({}, "x"), ({"AIGC": "y"}, "x"), ({"AIGC": "x"}, None)):
        with pytest.raises(Defect) as caught:
            require_aigc(metadata, value)
        assert caught.value.code == "label.lost"


def test_without_a_code_the_publication_says_why_there_is_no_implicit_label():
    label = aigc_label((None, None))

    assert not label.written
    assert "REELSMITH_ENCODING_CONTENT_PRODUCER" in label.detail


def test_one_rendition_without_the_label_is_a_defect():
    with pytest.raises(Defect):
        aigc_label(("x", None))


def test_a_notice_that_stands_two_seconds_counts_even_over_a_cut(make_cut: Callable[..., Cut]):
    cuts = (make_cut(0, 31, overlays=(notice(0, 31),)), make_cut(1, 60, overlays=(notice(0, 29),)))

    label = visible_label(cuts)

    assert label.written
    assert label.detail == "“本视频由 AI 生成” from 0.00 s for 2.00 s"


def test_a_notice_that_is_gone_too_early_is_no_label(make_cut: Callable[..., Cut]):
    cuts = (make_cut(0, 31, overlays=(notice(0, 31),)), make_cut(1, 60, overlays=(notice(1, 40),)))

    assert not visible_label(cuts).written
    assert not visible_label((make_cut(0, 90),)).written


def test_a_provider_code_of_another_shape_is_refused_at_start():
    assert EncodingSettings(content_producer=CODE).content_producer == CODE
    with pytest.raises(ValidationError):
        EncodingSettings(content_producer="ACME GmbH")
