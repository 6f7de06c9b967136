"""Takes each scene out of streaming JSON the moment its brace closes, so that a scene can be spoken while the next one is written."""

from __future__ import annotations

import json
from typing import Any

_BLANKS = " \t\r\n"
LONGEST_BLANK = 200
"""Characters: a model that writes nothing but white space has lost its way."""


class MalformedStream(ValueError):
    """The text cannot become the document that was asked for."""


class ArrayReader:
    """Reads `{…, "<key>": [{…}, {…}], …}` in pieces of any size. Strict: what `json.loads` would refuse is refused, at the latest by
    `close`."""

    def __init__(self, key: str, *, longest: int = 200_000) -> None:
        self._key = key
        self._longest = longest
        self._text: list[str] = []
        self._length = 0
        self._blanks = 0
        self._stack: list[str] = []
        self._in_string = self._escaped = False
        self._string: list[str] = []
        self._last_string = ""
        self._inside = False
        """Whether the innermost open array at depth 2 is the one we read."""
        self._item: list[str] | None = None
        self._found: list[dict[str, Any]] = []

    def feed(self, piece: str) -> list[dict[str, Any]]:
        """The objects that closed within `piece`. Raises MalformedStream."""
        before = len(self._found)
        self._text.append(piece)
        self._length += len(piece)
        if self._length > self._longest:
            raise MalformedStream(f"more than {self._longest} characters")
        for character in piece:
            self._step(character)
        return self._found[before:]

    def close(self) -> dict[str, Any]:
        """The whole document. Raises MalformedStream where it is no such document or other than what was handed out."""
        document = _loads("".join(self._text))
        items = document.get(self._key) if isinstance(document, dict) else None
        if not isinstance(document, dict) or items != self._found:
            raise MalformedStream(f"no object with an array of objects in {self._key!r}")
        return document

    def _step(self, character: str) -> None:
        if self._item is not None:
            self._item.append(character)
        if self._in_string:
            self._step_in_string(character)
            return
        self._blanks = self._blanks + 1 if character in _BLANKS else 0
        if self._blanks > LONGEST_BLANK:
            raise MalformedStream("white space without end")
        if character == '"':
            self._in_string, self._string = True, []
        elif character in "{[":
            self._open(character)
        elif character in "}]":
            self._shut(character)

    def _step_in_string(self, character: str) -> None:
        if self._escaped:
            self._escaped = False
        elif character == "\\":
            self._escaped = True
        elif character == '"':
            self._in_string = False
            if len(self._stack) == 1:
                self._last_string = "".join(self._string)
            return
        if len(self._stack) == 1:
            self._string.append(character)

    def _open(self, character: str) -> None:
        if not self._stack and character != "{":
            raise MalformedStream("not an object")
        if len(self._stack) == 1 and character == "[":
            self._inside = json.loads(f'"{self._last_string}"', strict=False) == self._key
        if len(self._stack) == 2 and self._stack[-1] == "[" and self._inside and character == "{":
            self._item = ["{"]
        self._stack.append(character)

    def _shut(self, character: str) -> None:
        if not self._stack or self._stack.pop() != {"}": "{", "]": "["}[character]:
            raise MalformedStream(f"{character!r} closes nothing")
        if self._item is not None and len(self._stack) == 2:
            item = _loads("".join(self._item))
            assert isinstance(item, dict)
            self._found.append(item)
            self._item = None
        if len(self._stack) == 1:
            self._inside = False


def _loads(text: str) -> object:
    try:
        loaded: object = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise MalformedStream(f"not JSON: {error}") from error
    return loaded


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no JSON")
