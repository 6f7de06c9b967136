"""An edit is completed and looked at: addresses fetched, sources resolved, everything else examined, all findings at once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from libs.common.media.brief import ImageRef
from libs.common.media.edit import Drawn, PictureSource, Remark, SoundSource, Timeline, Track, Weight
from libs.common.media.errors import DomainError, InvalidInput
from services.gateway.parts import Gateway
from services.gateway.upstreams import ASSETS, COMPOSITION, Question

FETCHES_AT_ONCE = 4
FETCH_READ_S = 900.0
"""A film is brought into the house's form before the answer comes."""
_TIMELINE: TypeAdapter[Timeline] = TypeAdapter(Timeline)
_REMARKS: TypeAdapter[tuple[Remark, ...]] = TypeAdapter(tuple[Remark, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    timeline: Timeline
    """With each address fetched and replaced by its upload."""
    remarks: tuple[Remark, ...]
    """Warnings and notes."""
    width_px: int
    height_px: int
    length: int
    """In frames."""
    pieces: tuple[Mapping[str, Any], ...]
    """What would be rendered apart: `scene`, `length`, `sha256` of its cut."""
    salt: str


async def look_at(timeline: Timeline, *, tenant: str, gateway: Gateway) -> Looked:
    """Raises an ExceptionGroup of InvalidInput with all that is wrong."""
    timeline = await _with_uploads(timeline, tenant=tenant, gateway=gateway)
    body = _TIMELINE.dump_python(timeline, mode="json")
    resolved = await gateway.upstreams.ask(ASSETS, Question("POST", "/v1/edits:resolve", tenant=tenant, json=body))
    asked = {"timeline": body, "sources": resolved["sources"]}
    examined = await gateway.upstreams.ask(COMPOSITION, Question("POST", "/v1/edits:check", tenant=tenant, json=asked))
    remarks = _REMARKS.validate_python(examined["remarks"])
    faults = [InvalidInput(item["detail"], code=item["code"], field=item["field"]) for item in resolved["errors"]]
    faults += [InvalidInput(r.detail, code=r.code, field=r.field) for r in remarks if r.weight is Weight.error]
    if faults:
        raise ExceptionGroup("the edit cannot be rendered", faults)
    return Looked(
        timeline=timeline,
        remarks=remarks,
        width_px=examined["width_px"],
        height_px=examined["height_px"],
        length=examined["length"],
        pieces=tuple(examined["pieces"]),
        salt=examined["salt"],
    )


async def _with_uploads(timeline: Timeline, *, tenant: str, gateway: Gateway) -> Timeline:
    """What the job reads later does not depend on another's web server. Each address is fetched once."""
    wanted: dict[str, str] = {}
    for field, source in (*timeline.sources(), *timeline.images()):
        if source.url is not None:
            wanted.setdefault(source.url, f"{field}/url")
    limit = asyncio.Semaphore(FETCHES_AT_ONCE)

    async def fetch(url: str, field: str) -> str | DomainError:
        question = Question("POST", "/v1/media/fetch", tenant=tenant, json={"url": url}, read_s=FETCH_READ_S)
        try:
            async with limit:
                found = await gateway.upstreams.ask(ASSETS, question)
        except InvalidInput as error:
            return type(error)(error.detail, code=error.code, field=field)
        except DomainError as error:
            return error
        return str(found["key"])

    answers = await asyncio.gather(*(fetch(url, field) for url, field in wanted.items()))
    faults = [answer for answer in answers if isinstance(answer, DomainError)]
    if faults:
        raise ExceptionGroup("media of the edit cannot be had", faults)
    keys = {url: answer for url, answer in zip(wanted, answers, strict=True) if isinstance(answer, str)}
    return _replaced(timeline, keys) if keys else timeline


def _replaced(timeline: Timeline, keys: Mapping[str, str]) -> Timeline:
    def picture(source: PictureSource) -> PictureSource:
        return source if source.url is None else replace(source, url=None, upload=keys[source.url])

    def sound(source: SoundSource) -> SoundSource:
        return source if source.url is None else replace(source, url=None, upload=keys[source.url])

    def drawing(drawn: Drawn) -> Drawn:
        if drawn.image is None or drawn.image.url is None:
            return drawn
        return replace(drawn, image=ImageRef(upload=keys[drawn.image.url]))

    return replace(
        timeline,
        tracks=tuple(Track(clips=tuple(replace(clip, media=picture(clip.media)) for clip in track.clips)) for track in timeline.tracks),
        sounds=tuple(replace(clip, media=sound(clip.media)) for clip in timeline.sounds),
        overlays=tuple(drawing(drawn) for drawn in timeline.overlays),
    )
