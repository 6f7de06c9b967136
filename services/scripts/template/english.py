"""What English asks of a template: whether a fact is a sentence, a predicate or a phrase, articles, plurals and capitals."""

from __future__ import annotations

import re
from enum import StrEnum

from services.scripts.lexicon import word_set

_BASES = word_set("verbs.en")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|does|do|did|may|must|should|it's|you|we|they|comes?|gets?|goes|said|says|"
    r"means|opens?|begins?|starts?|ends?|rises?|rose|falls?|fell)\b",
    re.IGNORECASE,
)
_COMMON = word_set("common.en")
_MASS = word_set("masses.en")
_DEPARTMENTS = word_set("departments.en")


class Form(StrEnum):
    verb = "verb"
    """`Keeps drinks hot for 24 hours`: wants a subject."""
    clause = "clause"
    """`The battery lasts 30 hours`: stands alone."""
    phrase = "phrase"
    """`Double-wall steel`, `Dishwasher safe`."""


def form_of(fact: str) -> Form:
    words = fact.split()
    first = words[0].lower()
    if first in _THIRDS:
        return Form.verb
    if any(word.lower().strip(",;") in _THIRDS for word in words[1:]) or _FINITE.search(fact) or "," in fact or ";" in fact:
        return Form.clause
    return Form.clause if first in _BASES else Form.phrase


def mid_sentence(text: str) -> str:
    """`text` as it stands behind a colon: a capital falls where the word is certainly a common one, names keep theirs."""
    first, _, rest = text.partition(" ")
    lowered = first.lower()
    known = {lowered.strip(","), lowered.partition("-")[0]}
    if first[:1].isupper() and first[1:].islower() and (known & _COMMON or known & _THIRDS or known & _BASES):
        return f"{lowered} {rest}".rstrip()
    return text


def capitalised(text: str) -> str:
    """Every sentence begins with a capital, but for words with capitals inside (iPhone)."""

    def raise_first(match: re.Match[str]) -> str:
        word = match[2]
        return match[1] + (word if any(letter.isupper() for letter in word) else word[0].upper() + word[1:])

    return re.sub(r"(^|[.!?]\s+)([a-z][\w'’-]*)", raise_first, text)


def is_common_name(name: str) -> bool:
    """`Insulated travel mug` is a thing and wants an article; `ThermoCup Pro` is a name."""
    words = name.split()
    return len(words) > 1 and all(word.islower() for word in words[1:]) and (words[0].islower() or words[0].lower() in _COMMON)


def with_article(category: str) -> str:
    """`an insulated bottle`; empty for plurals, masses and departments of a shop."""
    last = category.split()[-1].lower() if category else ""
    if not last or last in _MASS or category.lower() in _DEPARTMENTS or _is_plural(last):
        return ""
    noun = _lowered(category)
    vowel = noun[0].lower() in "aeiou" and not noun.lower().startswith(("usb", "uni", "use", "euro", "one"))
    return f"{'an' if vowel else 'a'} {noun}"


def many(category: str) -> str:
    """`insulated bottles`, `coffee`; empty for departments of a shop."""
    last = category.split()[-1].lower() if category else ""
    if not last or category.lower() in _DEPARTMENTS:
        return ""
    noun = _lowered(category)
    if last in _MASS or _is_plural(last):
        return noun
    if last.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun[:-1] + "ies" if last.endswith("y") and last[-2:-1] not in "aeiou" else noun + "s"


def is_many(audience: str) -> bool:
    """Whether `one of the …` can stand before it."""
    words = audience.lower().split()
    return (
        bool(words)
        and len(words) <= 3
        and not {"who", "that", "which", "with"} & set(words)
        and (words[-1] in {"people", "men", "women", "children"} or _is_plural(words[-1]))
    )


def _lowered(text: str) -> str:
    return " ".join(word if any(letter.isupper() for letter in word[1:]) else word.lower() for word in text.split())


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _third(base: str) -> str:
    if base.endswith(("s", "x", "ch", "sh", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeiou" else base + "s"


_THIRDS = frozenset(_third(base) for base in _BASES) | {"has"}
