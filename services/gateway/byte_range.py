"""RFC 9110 ranges and conditions on an entity tag."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SINGLE = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` to `end`, half-open."""

    start: int
    end: int

    def content_range(self, size: int) -> str:
        return f"bytes {self.start}-{self.end - 1}/{size}"


class Unsatisfiable(Exception):
    """The range begins behind the end."""


def parse_range(header: str | None, size: int) -> Span | None:
    """None where the whole has to be sent: no range, one we do not understand, or several (RFC 9110, 14.2 allows that).

    Raises Unsatisfiable for a range without a byte in it.
    """
    found = _SINGLE.fullmatch(header.strip()) if header else None
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":  # the last n bytes
        start, end = max(0, size - int(found[2])), size
    else:
        start, end = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
        if found[2] and int(found[2]) < int(found[1]):
            return None
    if start >= end:
        raise Unsatisfiable
    return Span(start, end)


def names(header: str | None, etag: str) -> bool:
    """Whether `If-None-Match` or `If-Range` names this tag; weak ones compare as strong, because our bytes never change."""
    if header is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return "*" in tags or etag in tags
