"""Text that speaks to a language model instead of to a viewer. It reaches no prompt unfenced; a person still looks at who sent it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from libs.common.media.brief import Scenario
from libs.common.media.review import Decision
from services.moderation.hit import Hit
from services.moderation.views import Views

MARKERS = re.compile(
    r"<\|[^|>]{1,40}\|>|\[/?inst\]|</?(?:system|assistant|think|tool_call)>"
    r"|(?:ignore|disregard|forget) (?:all |any )?(?:the |your )?(?:previous|prior|above|earlier) (?:instructions|prompts?|rules)"
    r"|you are now (?:a|an|the) |system prompt"
    r"|忽略(?:以上|之前|前面|上面)的?(?:所有|全部)?(?:指令|提示|规则|要求)|你现在是一个|系统提示词",
)


def find(views: Views, scenario: Scenario) -> Iterator[Hit]:
    for match in MARKERS.finditer(views.folded.text):
        start, end = views.folded.span(*match.span())
        yield Hit(
            code="injection.marker",
            decision=Decision.review,
            start=start,
            end=end,
            detail="looks like an instruction to a language model",
        )
