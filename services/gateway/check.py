"""What a brief's schema cannot say: whether the parts of it fit together and name things that exist."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from libs.common.blobs.base import BlobStore
from libs.common.media.brief import Brief, ImageRef, Price
from libs.common.media.errors import InvalidInput
from libs.common.media.platforms import platform
from libs.common.media.presets import preset

_AS_JSON: TypeAdapter[Brief] = TypeAdapter(Brief)
_LINE_ENDS = "\n\t"


def image_refs(brief: Brief) -> Iterator[tuple[str, ImageRef]]:
    """Every image of the brief with its JSON pointer."""
    for index, image in enumerate(brief.product.images):
        yield f"/product/images/{index}", image
    if brief.product.brand is not None and brief.product.brand.logo is not None:
        yield "/product/brand/logo", brief.product.brand.logo


def check(brief: Brief, *, blobs: BlobStore) -> Iterator[InvalidInput]:
    """All that is wrong with it, each with its JSON pointer."""
    yield from _check_texts(_AS_JSON.dump_python(brief, mode="json"), "")
    yield from _check_presets(brief.presets)
    yield from _check_platform(brief.platform)
    if brief.product.price is not None:
        yield from _check_price(brief.product.price)
    for field, image in image_refs(brief):
        yield from _check_image(image, field, blobs)


def check_voice(brief: Brief, voices: list[dict[str, Any]]) -> Iterator[InvalidInput]:
    """`voices` as the voice service lists them."""
    if brief.voice is None:
        return
    fitting = sorted(voice["name"] for voice in voices if voice["language"] == brief.language)
    if brief.voice not in fitting:
        there_are = ", ".join(fitting) or "none"
        yield InvalidInput(
            f"There is no voice {brief.voice!r} for the language {brief.language}; there are: {there_are}.",
            code="brief.unknown_voice",
            field="/voice",
        )


def check_music(brief: Brief, tracks: list[dict[str, Any]]) -> Iterator[InvalidInput]:
    """`tracks` as the library lists them. The same code as the step's, which comes minutes later."""
    if brief.music and brief.music_track is not None and brief.music_track not in {track["id"] for track in tracks}:
        yield InvalidInput(f"no track {brief.music_track!r} in the music library", code="brief.unknown_music", field="/music_track")


def _check_texts(value: object, field: str) -> Iterator[InvalidInput]:
    """Control characters break databases, captions and speech; a blank where something is asked for is nothing."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _check_texts(part, f"{field}/{name}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _check_texts(part, f"{field}/{index}")
    elif isinstance(value, str):
        if any(unicodedata.category(char) == "Cc" and char not in _LINE_ENDS for char in value):
            yield InvalidInput("Control characters cannot be shown or spoken.", code="brief.control_character", field=field)
        elif not value.strip():
            yield InvalidInput("This is blank.", code="brief.blank", field=field)


def _check_presets(names: tuple[str, ...]) -> Iterator[InvalidInput]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield InvalidInput(f"{name!r} is there twice.", code="brief.duplicate_preset", field=f"/presets/{index}")
            continue
        try:
            preset(name)
        except InvalidInput as error:
            yield InvalidInput(error.detail, code=error.code, field=f"/presets/{index}")


def _check_platform(name: str) -> Iterator[InvalidInput]:
    try:
        platform(name)
    except InvalidInput as error:
        yield error


def _check_price(price: Price) -> Iterator[InvalidInput]:
    for name, amount in (("amount", price.amount), ("was", price.was)):
        if amount is not None and amount != amount.quantize(Decimal("0.01")):
            yield InvalidInput("A price has at most two decimals.", code="brief.price_decimals", field=f"/product/price/{name}")
    if price.was is not None and price.was <= price.amount:
        yield InvalidInput("The former price has to be above the price to pay.", code="brief.former_price", field="/product/price/was")


def _check_image(image: ImageRef, field: str, blobs: BlobStore) -> Iterator[InvalidInput]:
    if (image.url is None) == (image.upload is None):
        yield InvalidInput("Give either a url or an upload.", code="brief.image_source", field=field)
    elif image.upload is not None and not blobs.exists(image.upload):
        yield InvalidInput(
            "There is no such upload; send it to POST /v1/uploads first.", code="brief.unknown_upload", field=f"{field}/upload"
        )
