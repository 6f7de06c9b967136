"""From the body of a request to an edit: Shotstack's words translated, merge fields filled, sizes bounded, shapes checked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from libs.common.media.edit import Remark, Timeline, Weight
from libs.common.media.errors import InvalidInput, TooLarge
from libs.common.runtime.problems import pointer
from services.gateway.edits.merge import merged, names_in
from services.gateway.edits.shotstack import is_shotstack, translated
from services.gateway.settings import GatewaySettings

MOST_ERRORS = 100
_TIMELINE: TypeAdapter[Timeline] = TypeAdapter(Timeline)
_LINE_ENDS = "\n\t"


@dataclass(frozen=True, slots=True)
class Read:
    timeline: Timeline
    remarks: tuple[Remark, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    """JSON pointers of the edit to those of the body, where it was written in other words."""

    def told(self, errors: list[InvalidInput]) -> list[InvalidInput]:
        """The errors with the places that the caller knows."""
        return [type(error)(error.detail, code=error.code, field=self.place(error.field)) for error in errors]

    def place(self, pointer: str | None) -> str | None:
        if pointer is None or not self.places:
            return pointer
        known = max((ours for ours in self.places if (pointer + "/").startswith(ours + "/")), key=len, default=None)
        return pointer if known is None else self.places[known]


def read_edit(body: Any, settings: GatewaySettings) -> Read:
    """Raises an ExceptionGroup of InvalidInput with all that is wrong, or one TooLarge where it is not worth looking on."""
    if not isinstance(body, dict):
        raise InvalidInput("an object is expected", code="request.invalid", field="")
    places: Mapping[str, str] = {}
    if is_shotstack(body):
        body, places = translated(body)
    _bound(body, settings)
    unused = sorted(set(body["merge"]) - set(names_in(body))) if isinstance(body.get("merge"), dict) else []
    body, errors = merged(body)
    if errors:
        raise ExceptionGroup("merge fields without a value", errors[:MOST_ERRORS])
    try:
        timeline = _TIMELINE.validate_python(body)
    except ValidationError as error:
        faults = [_fault(item) for item in error.errors(include_url=False, include_input=False)[:MOST_ERRORS]]
        read = Read(timeline=_NOTHING, places=places)
        raise ExceptionGroup("the edit does not fit its schema", read.told(faults)) from None
    read = Read(
        timeline=timeline,
        places=places,
        remarks=tuple(
            Remark(weight=Weight.warning, code="edit.unused_merge", detail=f"nothing asks for {name!r}", field="/merge") for name in unused
        ),
    )
    faults = [*_controls(_TIMELINE.dump_python(timeline, mode="json"), ""), *_too_long(timeline, settings)]
    if faults:
        raise ExceptionGroup("the edit cannot be used", read.told(faults[:MOST_ERRORS]))
    return read


def _bound(body: Mapping[str, Any], settings: GatewaySettings) -> None:
    """Before anything costly: how many clips there are."""
    tracks = body.get("tracks")
    lists = [track.get("clips") for track in tracks if isinstance(track, dict)] if isinstance(tracks, list) else []
    clips = sum(len(found) for found in lists if isinstance(found, list))
    if clips > settings.edit_clips:
        raise TooLarge(f"{clips} clips; {settings.edit_clips} are allowed", code="edit.too_many_clips", field="/tracks")


def _too_long(timeline: Timeline, settings: GatewaySettings) -> Iterator[InvalidInput]:
    for number, track in enumerate(timeline.tracks):
        for place, clip in enumerate(track.clips):
            if clip.start + clip.length > settings.edit_length_s:
                detail = f"an edit lasts at most {settings.edit_length_s} s"
                yield InvalidInput(detail, code="edit.too_long", field=f"/tracks/{number}/clips/{place}/length")


def _fault(item: Any) -> InvalidInput:
    return InvalidInput(item["msg"], code=f"request.{item['type']}", field=pointer(item["loc"]))


def _controls(value: object, field: str) -> Iterator[InvalidInput]:
    """Control characters break databases and captions."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _controls(part, f"{field}/{name}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _controls(part, f"{field}/{index}")
    elif isinstance(value, str) and any(unicodedata.category(char) == "Cc" and char not in _LINE_ENDS for char in value):
        yield InvalidInput("control characters cannot be shown", code="edit.control_character", field=field)


_NOTHING = Timeline(title="-", tracks=())
"""Stands in where nothing could be read."""
