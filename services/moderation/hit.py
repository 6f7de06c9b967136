"""What a rule found in a text."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.review import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    code: str
    decision: Decision
    start: int
    """First character in the original text."""
    end: int
    """One past the last."""
    detail: str
    """For people; never repeats personal data."""
