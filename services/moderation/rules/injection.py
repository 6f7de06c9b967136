"""Text that speaks to a language model instead of to a viewer. It reaches no prompt unfenced; a person still looks at who sent it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from libs.common.media.brief import Scenario
from libs.common.media.review import Decision
from services.moderation.hit import Hit
from services.moderation.views import Views

MARKERS = re.compile(
    r"<\|[^|>]{1,40}\|>|\[/?inst\]|<</?sys>>|</?(?:system|assistant|think|tool_call)>"
    r"|(?:ignore|disregard|forget|override) (?:all |any )?(?:of )?(?:the |your |these |those )?"
    r"(?:previous |prior |above |earlier |existing )?(?:instructions|prompts?|system prompt|guardrails)"
    r"|you are now (?:a|an|the|in) |(?:reveal|print|show|repeat) (?:me )?(?:your|the) (?:system )?prompt"
    r"|system prompt|developer mode|jailbreak"
    r"|(?:忽略|无视|忘记|忘掉|不要理会|绕过)(?:掉)?(?:你|上述|以上|之前|前面|上面|先前|所有|全部|一切|的)*(?:指令|提示词|提示|规则|设定|限制)"
    r"|(?:你现在|从现在起你|现在开始你)(?:是|扮演)一?[个名位]"
    r"|系统提示词|(?:输出|泄露|告诉我|打印)你的?(?:提示词|系统提示|指令)|开发者模式|越狱模式",
)
"""Special tokens of chat templates, and the usual ways to ask for other instructions."""


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
