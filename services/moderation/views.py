"""The same text as a machine should read it, with the way back to the original's characters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import opencc

INVISIBLE = frozenset({"Cf", "Mn", "Me", "Cc"})
"""Unicode categories that change no word: format characters (zero-width among them), combining marks, controls."""


@dataclass(frozen=True, slots=True)
class View:
    text: str
    offsets: tuple[int, ...]
    """`offsets[i]` is where character `i` came from in the original."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original behind `text[start:end]`."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Views:
    """`folded` keeps blanks and punctuation; `squeezed` has letters and digits alone, so that 赌 . 博 is 赌博."""

    original: str
    folded: View
    squeezed: View
    places: tuple[int, ...]
    """`places[i]` is where character `i` of `squeezed` stands in `folded`."""


def views_of(text: str) -> Views:
    """NFKC, invisible characters dropped, traditional to simplified Chinese, lower case."""
    folded = [(out, place) for place, char in enumerate(text) for out in _fold(char)]
    places = tuple(index for index, (char, _) in enumerate(folded) if char.isalnum())
    return Views(text, _view(folded), _view([folded[index] for index in places]), places)


def _view(pairs: list[tuple[str, int]]) -> View:
    return View("".join(char for char, _ in pairs), tuple(place for _, place in pairs))


@lru_cache(maxsize=8192)
def _fold(char: str) -> str:
    kept = (part for part in unicodedata.normalize("NFKC", char) if unicodedata.category(part) not in INVISIBLE)
    return str(_converter().convert("".join(kept))).lower()


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
