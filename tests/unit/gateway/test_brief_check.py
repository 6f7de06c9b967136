"""What a brief's schema cannot say."""

from dataclasses import replace
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.brief import BrandKit, Brief, ImageRef, Price, Product
from services.gateway.check import check, check_music, check_voice
from services.gateway.examples import BRIEFS

UPLOAD = f"uploads/{'a' * 64}.png"
GOOD = Brief(product=Product(name="lamp", selling_points=("bright",)))
VOICES = [{"name": "zh-female", "language": "zh"}, {"name": "en-us-male", "language": "en"}]


def product(**changes) -> Brief:
    return replace(GOOD, product=replace(GOOD.product, **changes))


def found(brief: Brief) -> list[tuple[str, str | None]]:
    return [(fault.code, fault.field) for fault in check(brief, blobs=MemoryBlobStore())]


@pytest.mark.parametrize(
    ("brief", "code", "field"),
    [
        (replace(GOOD, presets=("1080p", "8k")), "brief.unknown_preset", "/presets/1"),
        (replace(GOOD, presets=("540p", "540p")), "brief.duplicate_preset", "/presets/1"),
        (replace(GOOD, platform="myspace"), "brief.unknown_platform", "/platform"),
        (product(price=Price(amount=Decimal("1.999"))), "brief.price_decimals", "/product/price/amount"),
        (product(price=Price(amount=Decimal(9), was=Decimal(9))), "brief.former_price", "/product/price/was"),
        (product(images=(ImageRef(),)), "brief.image_source", "/product/images/0"),
        (product(images=(ImageRef(url="https://x", upload=UPLOAD),)), "brief.image_source", "/product/images/0"),
        (product(images=(ImageRef(url="https://x"), ImageRef(upload=UPLOAD))), "brief.unknown_upload", "/product/images/1/upload"),
        (product(brand=BrandKit(logo=ImageRef(upload=UPLOAD))), "brief.unknown_upload", "/product/brand/logo/upload"),
        (product(name="la\x00mp"), "brief.control_character", "/product/name"),
        (product(selling_points=("bright", " 　")), "brief.blank", "/product/selling_points/1"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(brief, code, field):
    assert found(brief) == [(code, field)]


def test_everything_is_named_at_once():
    brief = replace(product(name=" "), presets=("8k", "9k"))

    assert [field for _, field in found(brief)] == ["/product/name", "/presets/0", "/presets/1"]


def test_an_upload_that_is_there_is_fine():
    blobs = MemoryBlobStore()
    blobs.put(UPLOAD, b"x")

    assert list(check(product(images=(ImageRef(upload=UPLOAD),)), blobs=blobs)) == []


@pytest.mark.parametrize(("voice", "codes"), [("zh-female", []), ("en-us-male", ["brief.unknown_voice"]), (None, [])])
def test_a_voice_has_to_speak_the_language(voice, codes):
    assert [fault.code for fault in check_voice(replace(GOOD, voice=voice), VOICES)] == codes


@pytest.mark.parametrize(("music", "track", "codes"), [(True, "beat", []), (True, "nope", ["brief.unknown_music"]), (False, "nope", [])])
def test_a_track_has_to_be_in_the_music_library_where_there_is_music(music, track, codes):
    assert [fault.code for fault in check_music(replace(GOOD, music=music, music_track=track), [{"id": "beat"}])] == codes


@pytest.mark.parametrize("name", BRIEFS)
def test_the_examples_of_the_documentation_run_as_they_stand(name):
    assert found(TypeAdapter(Brief).validate_python(BRIEFS[name]["value"])) == []
