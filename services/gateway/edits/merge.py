"""Merge fields: `{{ NAME }}` in any text of an edit is replaced by its value, once; a value is never looked at again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from libs.common.media.errors import InvalidInput, TooLarge

MOST_VALUES = 200
LONGEST_VALUE = 2_000
MOST_FILLED = 1 << 20
"""Characters that values may bring in altogether: a few short fields could ask for gigabytes."""
MOST_ERRORS = 100
_FIELD = re.compile(r"\{\{\s*([^\W\d][\w.-]{0,63})\s*\}\}")


def merged(body: dict[str, Any]) -> tuple[dict[str, Any], list[InvalidInput]]:
    """The edit with its values in place and `merge` gone, and an error for each field without a value.

    A text that is nothing but a field becomes the value itself, so that numbers stay numbers."""
    values = body.get("merge", {})
    if not isinstance(values, Mapping):
        return body, [InvalidInput("an object of names and values is expected", code="edit.merge", field="/merge")]
    if errors := list(_unusable(values)):
        return body, errors[:MOST_ERRORS]
    filling = _Filling(values)
    rest = {name: filling.filled(part, f"/{_escaped(name)}") for name, part in body.items() if name != "merge"}
    return rest, filling.errors


def names_in(value: Any) -> Iterator[str]:
    """Names of all fields that are used."""
    if isinstance(value, str):
        yield from _FIELD.findall(value)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from names_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from names_in(part)


def _unusable(values: Mapping[str, Any]) -> Iterator[InvalidInput]:
    if len(values) > MOST_VALUES:
        yield InvalidInput(f"{len(values)} values; {MOST_VALUES} are allowed", code="edit.merge", field="/merge")
    for name, value in values.items():
        if not isinstance(value, str | int | float):
            yield InvalidInput("a value is a text or a number", code="edit.merge", field=f"/merge/{_escaped(name)}")
        elif isinstance(value, str) and len(value) > LONGEST_VALUE:
            yield InvalidInput(f"a value has at most {LONGEST_VALUE} characters", code="edit.merge", field=f"/merge/{_escaped(name)}")


@dataclass(slots=True)
class _Filling:
    values: Mapping[str, Any]
    errors: list[InvalidInput] = field(default_factory=list)
    characters: int = 0
    """That values have brought in so far."""

    def filled(self, value: Any, place: str) -> Any:
        if isinstance(value, Mapping):
            return {name: self.filled(part, f"{place}/{_escaped(name)}") for name, part in value.items()}
        if isinstance(value, list):
            return [self.filled(part, f"{place}/{number}") for number, part in enumerate(value)]
        if not isinstance(value, str) or "{{" not in value:
            return value
        whole = _FIELD.fullmatch(value.strip())
        if whole is not None and whole[1] in self.values:
            return self.values[whole[1]]
        return _FIELD.sub(lambda found: self._text_of(found[1], place), value)

    def _text_of(self, name: str, place: str) -> str:
        if name not in self.values:
            if len(self.errors) < MOST_ERRORS:
                self.errors.append(InvalidInput(f"`merge` has no value for {name!r}", code="edit.unresolved_merge", field=place))
            return ""
        text = str(self.values[name])
        self.characters += len(text)
        if self.characters > MOST_FILLED:
            raise TooLarge(f"merge fields bring in more than {MOST_FILLED} characters", code="edit.merge_too_large", field=place)
        return text


def _escaped(name: str) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")
