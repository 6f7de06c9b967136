"""Every fact that the outline tells is cited by some scene, and the subject is named."""

from __future__ import annotations

from services.scripts.checks.draft import Draft


def script(draft: Draft) -> str:
    cited = {fact for found in draft.scenes for fact in found.fact_ids}
    missing = [fact for fact in draft.plan.told if fact not in cited]
    return f"nobody tells {', '.join(missing)}" if missing else ""
