"""What has to be spoken is spoken, word for word, where the outline puts it."""

from __future__ import annotations

from services.scripts.checks.draft import Draft
from services.scripts.phrases import says


def scene(draft: Draft, index: int) -> str:
    wanted = [fact for fact in map(draft.grounds.fact, draft.plan.slots[index].facts) if fact.kind == "must_say"]
    missing = [fact.text for fact in wanted if not says(draft.scenes[index].narration, fact.text)]
    return f"does not say: {'; '.join(missing)}" if missing else ""


def script(draft: Draft) -> str:
    heard = " ".join(found.narration for found in draft.scenes)
    missing = [fact.text for fact in draft.grounds.of_kind("must_say") if not says(heard, fact.text)]
    return f"nobody says: {'; '.join(missing)}" if missing else ""
