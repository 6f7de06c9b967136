"""A fact that is cited is also said: nearly half of its words are in the scene, or in an earlier one that cites it."""

from __future__ import annotations

from services.scripts.checks.draft import Draft
from services.scripts.phrases import squeezed
from services.scripts.wording import content

LEAST = 0.45


def realised(text: str, fact: str, draft: Draft) -> float:
    """Share of the fact's content tokens that `text` has."""
    if squeezed(fact) in squeezed(text):
        return 1.0
    wanted = content(fact, draft.grounds.language)
    have = set(content(text, draft.grounds.language))
    return sum(token in have for token in wanted) / len(wanted) if wanted else 1.0


def scene(draft: Draft, index: int) -> str:
    heard = [other.narration for other in draft.scenes[: index + 1]]
    for fact in draft.cited(index):
        told_here = fact.id in draft.plan.slots[index].facts
        texts = heard[-1:] if told_here else heard
        if fact.kind not in {"name", "brand", "was"} and max(realised(text, fact.text, draft) for text in texts) < LEAST:
            return f"cites {fact.id} but does not say it: {fact.text}"
    return ""
