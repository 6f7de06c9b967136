"""Text to sentences: a vector of a long text is the mean of its sentences' vectors, so that nothing is cut off at the model's end."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?;。！？；])\s*|\n+")
MOST = 32
"""Sentences of one text that count."""


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _END.split(text) if any(letter.isalnum() for letter in part)][:MOST]
