"""From a brief as it was sent to one that steps can work on: checked, and with every image in the store."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from starlette.concurrency import run_in_threadpool

from libs.common.media.brief import Brief, ImageRef
from libs.common.media.errors import DomainError, InvalidInput
from services.gateway.check import check, check_music, check_voice, image_refs
from services.gateway.parts import Gateway
from services.gateway.upstreams import ASSETS, VOICE, Question

FETCHES_AT_ONCE = 4


async def prepare(brief: Brief, *, tenant: str, gateway: Gateway) -> Brief:
    """Raises an ExceptionGroup of InvalidInput with all that is wrong, or what an image could not be fetched for."""
    faults = await run_in_threadpool(lambda: list(check(brief, blobs=gateway.blobs)))
    if brief.voice is not None:
        catalogue = await gateway.upstreams.ask(VOICE, Question("GET", "/v1/voices", tenant=tenant))
        faults += check_voice(brief, catalogue["voices"])
    if brief.music and brief.music_track is not None:
        library = await gateway.upstreams.ask(ASSETS, Question("GET", "/v1/music", tenant=tenant))
        faults += check_music(brief, library["tracks"])
    if faults:
        raise ExceptionGroup("the brief cannot be used", faults)
    return await _with_uploads(brief, tenant=tenant, gateway=gateway)


async def _with_uploads(brief: Brief, *, tenant: str, gateway: Gateway) -> Brief:
    """The brief with each `url` fetched and replaced by its `upload`: what the job reads later does not depend on another's web server."""
    limit = asyncio.Semaphore(FETCHES_AT_ONCE)

    async def fetch(field: str, image: ImageRef) -> ImageRef | DomainError:
        if image.url is None:
            return image
        try:
            async with limit:
                found = await gateway.upstreams.ask(ASSETS, Question("POST", "/v1/images/fetch", tenant=tenant, json={"url": image.url}))
        except InvalidInput as error:
            return type(error)(error.detail, code=error.code, field=f"{field}/url")
        except DomainError as error:
            return error
        return ImageRef(upload=found["key"])

    refs = list(image_refs(brief))
    fetched = dict(zip((field for field, _ in refs), await asyncio.gather(*(fetch(*ref) for ref in refs)), strict=True))
    faults = [found for found in fetched.values() if isinstance(found, DomainError)]
    if faults:
        raise ExceptionGroup("images of the brief cannot be had", faults)
    return _replaced(brief, {field: found for field, found in fetched.items() if isinstance(found, ImageRef)})


def _replaced(brief: Brief, images: Mapping[str, ImageRef]) -> Brief:
    product = brief.product
    brand = product.brand
    if brand is not None and brand.logo is not None:
        brand = replace(brand, logo=images["/product/brand/logo"])
    shown = tuple(images[f"/product/images/{index}"] for index in range(len(product.images)))
    return replace(brief, product=replace(product, images=shown, brand=brand))
