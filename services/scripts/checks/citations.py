"""A scene cites facts that exist, and at least those that the outline gives it."""

from __future__ import annotations

from services.scripts.checks.draft import Draft


def scene(draft: Draft, index: int) -> str:
    cited = set(draft.scenes[index].fact_ids)
    unknown = sorted(cited - {fact.id for fact in draft.grounds.facts})
    missing = [fact for fact in draft.plan.slots[index].facts if fact not in cited]
    if unknown:
        return f"cites {', '.join(unknown)}, which the brief does not have"
    return f"does not cite {', '.join(missing)}" if missing else ""
