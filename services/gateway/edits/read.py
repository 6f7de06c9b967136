"""From the body of a request to an edit: Shotstack's words translated, merge fields filled, sizes bounded, shapes checked."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from libs.common.media.edit import Remark, Timeline, Weight
from libs.common.media.errors import InvalidInput, TooLarge
from libs.common.runtime.problems import pointer
from services.gateway.edits.merge import MOST_ERRORS, merged, names_in
from services.gateway.edits.shotstack import is_shotstack, translated
from services.gateway.settings import GatewaySettings

DEEPEST = 32
"""Levels of an edit; its own parts have ten."""
MOST_NAMES = 300
"""Of one object; `merge` has most."""
LARGEST = 2**64
"""Of a whole number; seeds are that large."""
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
    if faults := _unreadable(body):
        raise ExceptionGroup("not all of it can be read", faults)
    places: Mapping[str, str] = {}
    if is_shotstack(body):
        body, places = translated(body)
    _bound(body, settings)
    unused = sorted(set(body["merge"]) - set(names_in(body))) if isinstance(body.get("merge"), dict) else []
    body, errors = merged(body)
    if errors:
        raise ExceptionGroup("merge fields cannot be filled", Read(timeline=_NOTHING, places=places).told(errors))
    try:
        timeline = _TIMELINE.validate_python(body)
    except ValidationError as error:
        found = [_fault(item) for item in error.errors(include_url=False, include_input=False)]
        faults = list({fault.field: fault for fault in reversed(found)}.values())[: -MOST_ERRORS - 1 : -1]  # the first one of each place
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
    """A parameter is a number or a text; which of them was tried is no part of the body."""
    place = item["loc"]
    if "params" in place:
        place = place[: place.index("params") + 2]
    return InvalidInput(item["msg"], code=f"request.{item['type']}", field=pointer(place))


def _unreadable(body: Any) -> list[InvalidInput]:
    """What JSON of this program's can say and nothing after it can carry: no numbers, endless ones, and nests without end."""
    faults: list[InvalidInput] = []
    waiting: list[tuple[Any, tuple[Any, ...]]] = [(body, ())]
    while waiting and len(faults) < MOST_ERRORS:
        value, place = waiting.pop()
        if isinstance(value, dict | list):
            if len(place) == DEEPEST:
                return [InvalidInput(f"nested deeper than {DEEPEST} levels", code="request.too_deep", field=pointer(place))]
            if isinstance(value, dict) and len(value) > MOST_NAMES:
                return [InvalidInput(f"{len(value)} names in one object", code="request.too_long", field=pointer(place))]
            parts = value.items() if isinstance(value, dict) else enumerate(value)
            waiting.extend((part, (*place, name)) for name, part in parts if isinstance(part, dict | list | int | float))
        elif isinstance(value, float) and not math.isfinite(value):
            faults.append(InvalidInput("a finite number is expected", code="request.finite_number", field=pointer(place)))
        elif isinstance(value, int) and not -LARGEST < value < LARGEST:
            faults.append(InvalidInput("the number is too large", code="request.finite_number", field=pointer(place)))
    return faults


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
