"""A short title from a longer statement: whole words, numbers with their units, never more than fits a line."""

from __future__ import annotations

import re

from libs.common.media.brief import Language
from services.scripts.wording import clauses, function_words, words

LIMIT = {Language.zh: 12, Language.en: 5}
"""Characters for Chinese, words for English."""
_OPENS = {Language.zh: 1.0, Language.en: 2.0}
"""Worth of beginning where the statement begins. A Chinese phrase has its noun at the end, and loses its sense without it."""
_ENOUGH = {Language.zh: 4, Language.en: 3}
"""Less of a long statement tells nothing."""
_EDGE = " 。.,，、;；:：!！?？—…-"
_NUMBER = re.compile(r"\d")
_BARE = re.compile(r"[¥$€£]?[\d.,]+")


def size(text: str, language: Language) -> int:
    """Characters of a Chinese title without blanks, words of an English one."""
    return len(re.sub(r"\s", "", text)) if language is Language.zh else len(text.split())


def short_title(text: str, language: Language) -> str:
    """The part of `text` to put on the picture: all of it, a clause, or the fullest run of words; a part with a number goes first.
    Empty where
    that leaves nothing worth showing."""
    whole = text.strip(_EDGE)
    if size(whole, language) <= LIMIT[language]:
        return whole
    parts = [clause.strip(_EDGE) for clause in clauses(text)]
    runs = [(_score(run, ends, language), run) for part in parts for run, ends in _runs(part, language)]
    (number, _), run = max(runs, key=lambda scored: (scored[0], -text.find(scored[1])), default=((False, 0.0), ""))
    return run if number or size(run, language) >= _ENOUGH[language] else ""


def _runs(part: str, language: Language) -> list[tuple[str, float]]:
    """Runs of words that fit, each with a mark for beginning and ending where the statement itself pauses."""
    pieces = words(part, language)
    spoken = [index for index, piece in enumerate(pieces) if piece.strip()]
    found = []
    for i, start in enumerate(spoken):
        for j in range(i, len(spoken)):
            run = "".join(pieces[start : spoken[j] + 1]).strip(_EDGE)
            if not run or size(run, language) > LIMIT[language]:
                break
            inner = [pieces[index].lower() for index in spoken[i : j + 1]]
            before = pieces[spoken[i - 1]].lower() if i else ""
            after = pieces[spoken[j + 1]].lower() if j + 1 < len(spoken) else ""
            if _tells(run, language) and _whole(inner, before, after, language):
                stop = function_words(language)
                opens = _OPENS[language] if not before else 1.0 if before in stop else 0.0
                found.append((run, opens + (1.5 if not after or after in stop else 0.0)))
    return found


def _whole(inner: list[str], before: str, after: str, language: Language) -> bool:
    """Begins and ends with a word that means something, and never parts a number from what it counts."""
    stop = function_words(language)
    if inner[0] in stop or inner[-1] in stop or _BARE.fullmatch(before):
        return False
    return not (_BARE.fullmatch(inner[-1]) and after)


def _tells(run: str, language: Language) -> bool:
    return size(run, language) >= (2 if language is Language.zh else 1) and any(character.isalnum() for character in run)


def _score(run: str, ends: float, language: Language) -> tuple[bool, float]:
    """Numbers first; a full line is worth as much as good ends."""
    return bool(_NUMBER.search(run)), ends + 2.5 * size(run, language) / LIMIT[language]
