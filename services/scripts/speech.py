"""How long a text takes to say, in spoken units: characters for Chinese, words for English; digits count as they are read."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from libs.common.media.brief import Language

UNITS_PER_S: dict[Language, Fraction] = {Language.zh: Fraction(43, 10), Language.en: Fraction(26, 10)}
"""Of the default voices at their own pace, measured: 4.3 characters and 2.6 words a second."""

FILL = Fraction(92, 100)
"""Share of a scene that is speech; the rest is breath."""

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_SIGNS = {"%": {Language.zh: 3, Language.en: 1}, "℃": {Language.zh: 3, Language.en: 2}, "°": {Language.zh: 1, Language.en: 1}} | {
    sign: {Language.zh: 1, Language.en: 1} for sign in "$€£¥￥+&@#="
}


@lru_cache(maxsize=8192)
def units(text: str, language: Language) -> int:
    """Spoken units of `text`: 24 is three characters (二十四) or two words (twenty four)."""
    count = sum(_number_units(number, language) for number in _NUMBER.findall(text))
    rest = _NUMBER.sub(" ", text)
    count += sum(cost[language] for sign, cost in _SIGNS.items() for _ in range(rest.count(sign)))
    han = len(_HAN.findall(rest))
    words = _LATIN.findall(rest)
    if language is Language.zh:
        return count + han + sum(_foreign_units(word) for word in words)
    return count + (han + 1) // 2 + len(words)


def seconds(text: str, language: Language) -> Fraction:
    """Scene length in which `text` fits with its breath."""
    return units(text, language) / (UNITS_PER_S[language] * FILL)


def budget_units(length_s: Fraction, language: Language) -> Fraction:
    """How much can be said in `length_s`."""
    return length_s * UNITS_PER_S[language] * FILL


def _foreign_units(word: str) -> int:
    """A Latin word in Chinese speech: letters one by one where it is an acronym, else about one unit for three letters."""
    return len(word) if word.isupper() and len(word) <= 4 else max(1, -(-len(word) // 3))


def _number_units(number: str, language: Language) -> int:
    whole, _, decimals = number.replace(",", "").partition(".")
    point = 1 + len(decimals) if decimals else 0
    whole = whole.lstrip("0") or "0"
    if len(whole) > 12:
        return len(whole) + point
    return point + (_zh_whole(whole) if language is Language.zh else _en_whole(int(whole)))


def _zh_whole(digits: str) -> int:
    """Characters of the Chinese reading: each non-zero digit with its place, one 零 for a gap, 万 and 亿 for the groups."""
    groups = [digits[max(0, end - 4) : end] for end in range(len(digits), 0, -4)][::-1]
    count = 0
    for place, group in zip(range(len(groups) - 1, -1, -1), groups, strict=True):
        stripped = group.rstrip("0")
        for position, digit in enumerate(stripped):
            has_place = position < len(group) - 1
            if digit != "0":
                count += 2 if has_place else 1
            elif position and stripped[position - 1] != "0":
                count += 1
        if stripped and place:
            count += 1
    if len(digits) == 2 and digits[0] == "1":
        count -= 1  # 十二, not 一十二
    return count or 1


def _en_whole(value: int) -> int:
    """Words of the English reading without `and`; four-digit years are read in pairs of two, which costs no more."""
    if value < 21 or (value < 100 and value % 10 == 0):
        return 1
    if value < 100:
        return 2
    for scale in (10**9, 10**6, 10**3, 100):
        if value >= scale:
            rest = value % scale
            return _en_whole(value // scale) + 1 + (_en_whole(rest) if rest else 0)
    return 1
