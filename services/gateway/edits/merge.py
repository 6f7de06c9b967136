"""Merge fields: `{{ NAME }}` in any text of an edit is replaced by its value, once; a value is never looked at again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from libs.common.media.errors import InvalidInput

_FIELD = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_.-]{0,63})\s*\}\}")


def merged(body: dict[str, Any]) -> tuple[dict[str, Any], list[InvalidInput]]:
    """The edit with its values in place and `merge` gone, and an error for each field without a value.

    A text that is nothing but a field becomes the value itself, so that numbers stay numbers."""
    values = body.get("merge", {})
    if not isinstance(values, Mapping):
        return body, [InvalidInput("an object of names and values is expected", code="edit.merge", field="/merge")]
    errors: list[InvalidInput] = []
    rest = {name: _filled(part, values, f"/{_escaped(name)}", errors) for name, part in body.items() if name != "merge"}
    return rest, errors


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


def _filled(value: Any, values: Mapping[str, Any], field: str, errors: list[InvalidInput]) -> Any:
    if isinstance(value, Mapping):
        return {name: _filled(part, values, f"{field}/{_escaped(name)}", errors) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, values, f"{field}/{number}", errors) for number, part in enumerate(value)]
    if not isinstance(value, str) or "{{" not in value:
        return value
    whole = _FIELD.fullmatch(value.strip())
    if whole is not None and whole[1] in values:
        return values[whole[1]]

    def value_of(found: re.Match[str]) -> str:
        if found[1] not in values:
            errors.append(InvalidInput(f"`merge` has no value for {found[1]!r}", code="edit.unresolved_merge", field=field))
            return ""
        return str(values[found[1]])

    return _FIELD.sub(value_of, value)


def _escaped(name: str) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")
