"""Captions on the frame grid."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Anchor(StrEnum):
    """Where a caption stands in the safe area."""

    bottom = "bottom"
    middle = "middle"
    top = "top"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionWord:
    text: str
    """Display token, with the punctuation that follows it."""
    start: int
    """First frame in which it is highlighted, from the start of the scene."""
    length: int
    """In frames, at least 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """One phrase on screen. Phrases of a scene do not overlap."""

    start: int
    """First frame, from the start of the scene."""
    length: int
    """In frames."""
    words: tuple[CaptionWord, ...]
    anchor: Anchor = Anchor.bottom

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)
