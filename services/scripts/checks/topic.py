"""The opening names the subject, and the close asks the viewer for something."""

from __future__ import annotations

import re

from libs.common.media.storyboard import SceneRole
from services.scripts.checks.draft import Draft
from services.scripts.phrases import squeezed
from services.scripts.wording import content

_ASKS = re.compile(
    r"链接|点击|点开|点进|点下|戳|下单|购买|带走|带回家|收藏|关注|转发|转给|评论|留言|订阅|试一试|试试|作业|更新|进展|变化|"
    r"\b(?:link|tap|click|order|shop|buy|save|follow|share|comments?|try|subscribe|post|below|tell|ask|go|visit|get)\b|¥|\$|元",
    re.IGNORECASE,
)
LEAST = 0.3
"""Share of the subject's words that the opening has, where it does not say the name in full."""


def scene(draft: Draft, index: int) -> str:
    found = draft.scenes[index]
    g = draft.grounds
    if found.role is SceneRole.hook:
        if any(name and squeezed(name) in squeezed(found.narration) for name in (g.name, g.brand, g.category)):
            return ""
        wanted = set(content(g.name, g.language)) or {g.name}
        have = set(content(found.narration, g.language))
        return "" if len(wanted & have) / len(wanted) >= LEAST else "does not name the subject"
    if found.role is SceneRole.cta:
        said = any(squeezed(fact.text) in squeezed(found.narration) for fact in draft.cited(index))
        return "" if said or _ASKS.search(found.narration) else "asks the viewer for nothing"
    return ""
