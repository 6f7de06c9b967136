"""A shop claims no superlative (advertising law, Art. 9), unless its name or a phrase that must be said has it."""

from __future__ import annotations

from libs.common.media.brief import Scenario
from services.scripts.checks.draft import Draft
from services.scripts.superlatives import superlatives


def scene(draft: Draft, index: int) -> str:
    if draft.grounds.scenario is not Scenario.ecommerce:
        return ""
    found = draft.scenes[index]
    text = f"{found.narration}\n{found.on_screen_text}"
    given = [draft.grounds.name, draft.grounds.brand, *(fact.text for fact in draft.grounds.of_kind("must_say"))]
    for phrase in sorted(filter(None, given), key=len, reverse=True):
        text = text.replace(phrase, " ")
    hits = superlatives(text)
    return f"superlative: {', '.join(hits)}" if hits else ""
