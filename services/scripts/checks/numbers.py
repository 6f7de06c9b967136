"""Every number comes from a fact that the scene cites or from the subject, and no price is lost."""

from __future__ import annotations

from libs.common.media.storyboard import SceneRole
from services.scripts.checks.draft import Draft
from services.scripts.numbers import values


def scene(draft: Draft, index: int) -> str:
    found = draft.scenes[index]
    cited = draft.cited(index)
    prices = [fact.text for fact in draft.grounds.of_kind("price", "was")] if found.role in {SceneRole.offer, SceneRole.cta} else []
    allowed = values(draft.subject, *(fact.text for fact in cited), *prices)
    invented = (values(found.narration) | values(found.on_screen_text)) - allowed
    if invented:
        return f"says {', '.join(sorted(invented))}, which no cited fact has"
    lost = {number for fact in cited if fact.id in draft.plan.slots[index].facts for number in values(fact.text)} - values(found.narration)
    return f"leaves out {', '.join(sorted(lost))}" if lost else ""


def script(draft: Draft) -> str:
    """The set over all scenes, visual queries included: nothing shown may invent a number either."""
    allowed = values(draft.subject, *(fact.text for fact in draft.grounds.facts))
    shown = values(*(text for found in draft.scenes for text in (found.narration, found.on_screen_text, found.visual_query)))
    invented = shown - allowed
    return f"{', '.join(sorted(invented))} is not in the brief" if invented else ""
