"""The JSON schema of one request: real fact ids, the roles at their places, every string bounded, nothing else allowed.

Strings are bounded by `pattern` alone. With `maxLength`, vLLM's xgrammar lets control characters pass and cannot write escapes, and
together the two lose the length (mlc-ai/xgrammar#800, vllm#45592); llguidance and llama.cpp understand this form as well. There is no
`items: false` behind `prefixItems`: llama.cpp would read it instead of them, and the count is fixed anyway.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from libs.common.media.brief import Language
from libs.common.media.storyboard import Mood
from services.scripts import speech
from services.scripts.facts import Grounds
from services.scripts.plan import Slot

TRANSITIONS = ("cut", "crossfade", "slide", "zoom")
"""What a writer may choose from the transition catalogue."""
TITLE_CHARS, QUERY_CHARS, KEYWORD_CHARS = 40, 160, 24
MOST_KEYWORDS, MOST_FACTS = 5, 3
_CHARS_PER_UNIT = {Language.zh: 1.6, Language.en: 8.0}
"""Characters of a spoken unit with its punctuation, at most."""
_TOKENS_PER_CHAR = {Language.zh: 1.3, Language.en: 0.5}
"""On the safe side of today's vocabularies."""
_TOKENS_AROUND = 80
"""Of a scene: keys, braces, quotes, short choices."""


def narration_chars(slot: Slot, grounds: Grounds) -> int:
    """Longest narration of a slot, in characters; its facts always fit."""
    told = sum(len(grounds.fact(fact).text) for fact in slot.facts)
    spoken = float(speech.budget_units(slot.target_s, grounds.language)) * _CHARS_PER_UNIT[grounds.language]
    return min(600, max(math.ceil(spoken * 1.25), told + 30))


def request_schema(slots: Sequence[Slot], grounds: Grounds) -> dict[str, Any]:
    """For the scenes that are still to be written, in their order."""
    scenes = [_scene(slot, grounds) for slot in slots]
    return _object(scenes={"type": "array", "prefixItems": scenes, "minItems": len(scenes), "maxItems": len(scenes)})


def max_tokens(slots: Sequence[Slot], grounds: Grounds) -> int:
    """The longest answer that the schema allows."""
    most = 0.0
    for slot in slots:
        chars = narration_chars(slot, grounds) + TITLE_CHARS + QUERY_CHARS + MOST_KEYWORDS * KEYWORD_CHARS
        most += chars * _TOKENS_PER_CHAR[grounds.language] + _TOKENS_AROUND
    return math.ceil(most)


def _scene(slot: Slot, grounds: Grounds) -> dict[str, Any]:
    ids = [fact.id for fact in grounds.facts]
    return _object(
        role={"type": "string", "enum": [slot.role.value]},
        narration=_text(narration_chars(slot, grounds)),
        on_screen_text=_text(TITLE_CHARS, least=0),
        visual_query=_text(QUERY_CHARS),
        keywords={"type": "array", "items": _text(KEYWORD_CHARS), "minItems": 3, "maxItems": MOST_KEYWORDS},
        fact_ids={
            "type": "array",
            "items": {"type": "string", "enum": ids},
            "minItems": len(slot.facts),
            "maxItems": max(MOST_FACTS, len(slot.facts)),
        },
        mood={"type": "string", "enum": [mood.value for mood in Mood]},
        transition={"type": "string", "enum": list(TRANSITIONS)},
    )


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _text(most: int, *, least: int = 1) -> dict[str, Any]:
    return {"type": "string", "pattern": rf'^[^\x00-\x1f"\\]{{{least},{most}}}$'}
