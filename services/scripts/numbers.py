"""Numbers of a text as values, so that 24, 二十四 and twenty-four are the same and an invented one is found."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache

from services.scripts.lexicon import entries

_ZH_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_ZH_SMALL = {"十": 10, "百": 100, "千": 1000}
_ZH_LARGE = {"万": 10_000, "亿": 100_000_000}
_EN_SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {word: value * 10 for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)}
_EN_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_SUFFIXES = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "千": 1000, "k": 1000, "thousand": 1000, "million": 10**6, "billion": 10**9}

_ARABIC = re.compile(
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)\s*(?P<scale>万亿|亿|万|千|k(?![a-z])|thousand\b|million\b|billion\b)?\s*(?P<unit>%|percent\b|折|成(?!人|本|分))?"
)
_ZH = re.compile(
    r"(?P<share>百分之)?(?P<number>[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)(?P<unit>折|成(?!人|本|分|为))?"
)
_EN_WORD = "|".join(sorted([*_EN_SMALL, *_EN_SCALES], key=len, reverse=True))
_EN = re.compile(
    rf"\b(?P<number>(?:{_EN_WORD})s?(?:(?:[\s-]+(?:and[\s-]+)?)(?:{_EN_WORD})\b)*)\b\s*(?P<unit>%|percent\b)?(?P<times>\s*times\b)?"
)
_COUNTED = re.compile(r"^[元块人次件家名台年万位条个单]")


@cache
def _exempt() -> re.Pattern[str]:
    """Idioms in which a numeral counts nothing (十分, 一键, 第一步, one by one), longest first."""
    idioms = sorted(entries("exempt_numbers"), key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(idiom)}\b" if idiom.isascii() else re.escape(idiom) for idiom in idioms))


def values(*texts: str) -> frozenset[str]:
    """The numbers of all `texts`, as plain decimals; shares end in `%`, discounts in `折` (8折, 八折 and 80折 are one)."""
    found: set[str] = set()
    for text in texts:
        plain = _exempt().sub(" ", unicodedata.normalize("NFKC", text).lower())
        found |= _arabic(plain) | _chinese(plain) | _english(plain)
        if "半价" in plain:
            found.add("5折")
    return frozenset(found)


def plain_decimal(value: Decimal) -> str:
    """`199.00` is `199`, `19.90` is `19.9`, never an exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _arabic(text: str) -> set[str]:
    found = set()
    for match in _ARABIC.finditer(text):
        value = Decimal(match["number"].replace(",", "")) * _SUFFIXES.get(match["scale"] or "", 1)
        found.add(_named(value, match["unit"]))
    return found


def _chinese(text: str) -> set[str]:
    found = set()
    for match in _ZH.finditer(text):
        numeral, unit = match["number"], match["unit"]
        before, after = text[: match.start()], text[match.end() :]
        if before and before[-1].isdigit():
            continue  # 3万: the Arabic pattern has it
        bare = not match["share"] and not unit
        if bare and numeral in {"一", "零", "〇"}:
            continue
        if bare and numeral in {"百", "千", "万", "亿"} and not _COUNTED.match(after):
            continue
        value = _zh_value(numeral)
        if value is not None:
            found.add(_named(value, "%" if match["share"] else unit))
    return found


def _english(text: str) -> set[str]:
    found = set()
    for match in _EN.finditer(text):
        words = [word for word in re.split(r"[\s-]+", match["number"]) if word != "and"]
        if words in (["one"], ["ones"]) and not match["unit"] and not match["times"]:
            continue
        before = text[: match.start()].rstrip()
        if before and before[-1].isdigit():
            continue  # 3 million: the Arabic pattern has it
        total, current = 0, 0
        for word in words:
            word = word if word in _EN_SMALL or word in _EN_SCALES else word.removesuffix("s")
            if word in _EN_SMALL:
                current += _EN_SMALL[word]
            elif word in {"hundred", "dozen"}:
                current = max(current, 1) * _EN_SCALES[word]
            else:
                total, current = total + max(current, 1) * _EN_SCALES[word], 0
        found.add(_named(Decimal(total + current), match["unit"]))
    return found


def _named(value: Decimal, unit: str | None) -> str:
    if unit in {"%", "percent"}:
        return plain_decimal(value) + "%"
    if unit == "成":
        return plain_decimal(value * 10) + "%"
    if unit == "折":
        return plain_decimal(value / 10 if value >= 10 else value) + "折"
    return plain_decimal(value)


def _zh_value(numeral: str) -> Decimal | None:
    """`三千五` is 3500, `二零二六` 2026, `三点五` 3.5."""
    whole, _, decimals = numeral.partition("点")
    if not whole:
        return None
    tail = "".join(str(_ZH_DIGITS[digit]) for digit in decimals)
    if all(character in _ZH_DIGITS for character in whole):
        return Decimal("".join(str(_ZH_DIGITS[digit]) for digit in whole) + (f".{tail}" if tail else ""))
    total = section = digit = 0
    place = 1
    for character in whole:
        if character in _ZH_DIGITS:
            digit = _ZH_DIGITS[character]
            if character in "零〇":
                place = 10
        elif character in _ZH_SMALL:
            place = _ZH_SMALL[character]
            section, digit = section + max(digit, 1) * place, 0
        else:
            place = _ZH_LARGE[character]
            group = section + digit
            total = (total + group or 1) * place if character == "亿" else total + (group or 1) * place
            section = digit = 0
    value = total + section + digit * (place // 10 if digit and place >= 100 and whole[-2] not in "零〇" else 1)
    return Decimal(f"{value}.{tail}" if tail else value)
