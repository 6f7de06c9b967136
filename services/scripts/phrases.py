"""Phrases that must or must not be spoken, found however they are spaced, cased or full-width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_GAPS = re.compile(r"[\s\u200b·・_*]+")


def squeezed(text: str) -> str:
    """NFKC, lower case, no blanks: the form in which phrases are compared."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text).casefold())


def says(text: str, phrase: str) -> bool:
    """English words match whole: `art` is not in `start`. Chinese has no such borders."""
    plain, wanted = unicodedata.normalize("NFKC", text).casefold(), unicodedata.normalize("NFKC", phrase).casefold().strip()
    if not wanted:
        return False
    if wanted.isascii():
        words = r"\s+".join(re.escape(word) for word in wanted.split())
        return re.search(rf"(?<![a-z0-9]){words}(?![a-z0-9])", plain) is not None
    return squeezed(wanted) in squeezed(plain)


def first_said(text: str, phrases: Iterable[str]) -> int | None:
    """Index of the first of `phrases` that `text` says."""
    return next((index for index, phrase in enumerate(phrases) if says(text, phrase)), None)
