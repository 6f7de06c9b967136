"""The title on the picture is short, and the picture is described."""

from __future__ import annotations

from services.scripts.checks.draft import Draft
from services.scripts.onscreen import LIMIT, size

_MOST_KEYWORDS = 5


def scene(draft: Draft, index: int) -> str:
    found, language = draft.scenes[index], draft.grounds.language
    if size(found.on_screen_text, language) > LIMIT[language]:
        return f"title over {LIMIT[language]}: {found.on_screen_text}"
    if not found.visual_query.strip() or not 1 <= len(found.keywords) <= _MOST_KEYWORDS:
        return "does not say what to show"
    return ""
