"""Sentences end: a narration that was cut off does not."""

from __future__ import annotations

from services.scripts.checks.draft import Draft

_ENDS = "。！？…”』」.!?\"'’)）"


def scene(draft: Draft, index: int) -> str:
    text = draft.scenes[index].narration.strip()
    if not text:
        return "says nothing"
    return "" if text.endswith(tuple(_ENDS)) else "ends in the middle of a sentence"
