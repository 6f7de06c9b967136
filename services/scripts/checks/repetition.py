"""No scene says what another has said: of their word pairs, those of the name left out, two narrations share less than 0.6."""

from __future__ import annotations

from services.scripts.checks.draft import Draft
from services.scripts.wording import bigrams

LIMIT = 0.6


def scene(draft: Draft, index: int) -> str:
    language = draft.grounds.language
    name = bigrams(draft.grounds.name, language)
    mine = bigrams(draft.scenes[index].narration, language) - name
    for other in draft.scenes[:index]:
        theirs = bigrams(other.narration, language) - name
        if mine and theirs and len(mine & theirs) / min(len(mine), len(theirs)) > LIMIT:
            return f"repeats scene {other.index}"
    return ""
