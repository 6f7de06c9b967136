"""No invented claims: each clause shares enough words with facts and subject, or is a line of our own stock.

Opening and close are free. The trouble that an advert speaks of is the viewer's, so there questions are free too. Measured on
hand-written lines, see the tests; the threshold wants another look on the output of each model that is put to work.
"""

from __future__ import annotations

import re
from functools import cache

from libs.common.media.brief import Language, Scenario
from libs.common.media.storyboard import SceneRole
from services.scripts.checks.draft import Draft
from services.scripts.template import english
from services.scripts.template.lines import stock
from services.scripts.template.themes import themes
from services.scripts.wording import bigrams, clauses, content

LEAST = 0.2
_FEWEST = {Language.zh: 3, Language.en: 2}
"""Content tokens; a shorter clause claims nothing."""
_SLOT = re.compile(r"\{\w+\}")
_FREE = frozenset({SceneRole.hook, SceneRole.cta})


def scene(draft: Draft, index: int) -> str:
    found = draft.scenes[index]
    if found.role in _FREE:
        return ""
    language = draft.grounds.language
    ours = _own_clauses(language, draft.grounds.scenario)
    ground = " ".join([draft.subject, *(fact.text for fact in draft.grounds.facts)])
    tokens, pairs = frozenset(content(ground, language)), bigrams(ground, language)
    for clause in clauses(found.narration):
        asks = found.role is SceneRole.pain and clause.endswith(("?", "？"))
        if asks or _key(clause) in ours or _without_subject(clause, draft) in ours:
            continue
        if len(content(clause, language)) >= _FEWEST[language] and supported(clause, tokens, pairs, language) < LEAST:
            return f"no fact supports: {clause}"
    return ""


def supported(clause: str, tokens: frozenset[str], pairs: frozenset[str], language: Language) -> float:
    """Share of the clause's content that the ground has. A lone Chinese character says little, so without a shared pair it counts half."""
    mine = content(clause, language)
    if not mine:
        return 1.0
    share = sum(token in tokens for token in mine) / len(mine)
    if language is Language.zh and not bigrams(clause, language) & pairs:
        return share / 2
    return share


@cache
def _own_clauses(language: Language, scenario: Scenario) -> frozenset[str]:
    """Clauses of the template's lines, without their slots: written with care, they claim nothing of the subject."""
    lines = stock(language, scenario)
    texts = [*lines.more, *(line for pools in lines.roles.values() for pool in pools.values() for line in pool)]
    texts += [line for theme in themes(language) for line in (*theme.pain, *theme.more)]
    bare = [_SLOT.sub(" ", text) for text in texts]
    return frozenset(key for text in bare for clause in clauses(text) if len(key := _key(clause)) >= 2)


def _without_subject(clause: str, draft: Draft) -> str:
    """The clause as a line of the stock has it: facts, prices and subject are what its slots were filled with."""
    g = draft.grounds
    filled = [g.name, g.category, g.audience, *(fact.text for fact in g.facts)]
    if g.language is Language.en:
        filled.append(english.many(g.category))
    for phrase in sorted(filter(None, filled), key=len, reverse=True):
        clause = re.sub(re.escape(phrase), " ", clause, flags=re.IGNORECASE)
    return _key(clause)


def _key(clause: str) -> str:
    return "".join(character for character in clause.lower() if character.isalnum())
