"""Personal data: mobile numbers, identity cards, bank cards, e-mail addresses. What has a checksum is checked by it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from libs.common.media.brief import Scenario
from libs.common.media.review import Decision
from services.moderation.hit import Hit
from services.moderation.views import View, Views

DIGITS = str.maketrans("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两", "00123456789123456789" + "12")
"""Digits as people write them to get past a filter; circled and full-width ones are plain after folding."""

_PHONE = re.compile(r"(?<![0-9])(?:86)?1[3-9][0-9]{9}(?![0-9])")
_ID_CARD = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9x](?![0-9])")
_CARD = re.compile(r"(?<![0-9])(?:62|4[0-9]|5[1-5]|2[2-7]|3[47]|35)[0-9]{13,17}(?![0-9])")
"""Prefixes of UnionPay, Visa, Mastercard, American Express and JCB."""
_AT, _DOT = r"(?:@| @ | ?[(\[]at[)\]] ?)", r"(?:\.| \. | ?[(\[]dot[)\]] ?)"
_EMAIL = re.compile(rf"[a-z0-9._%+-]{{1,64}}{_AT}[a-z0-9-]{{1,63}}(?:{_DOT}[a-z0-9-]{{1,63}}){{0,4}}{_DOT}[a-z]{{2,24}}(?![a-z0-9])")
_RUN = re.compile(r"[0-9](?:[ .\-·*_]{0,3}[0-9x]){9,21}(?![0-9])")
"""Digits with little between them."""

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643-1999, mod 11-2."""
_ID_CHECK = "10x98765432"


def find(views: Views, scenario: Scenario) -> Iterator[Hit]:
    digits = View(views.folded.text.translate(DIGITS), views.folded.offsets)
    seen: set[tuple[int, int]] = set()
    for code, decision, start, end in (*_numbers(digits.text), *_spelled_out(digits.text)):
        if not any(start < last and first < end for first, last in seen):
            seen.add((start, end))
            first, last = digits.span(start, end)
            yield Hit(code=code, decision=decision, start=first, end=last, detail="looks like personal data")
    for match in _EMAIL.finditer(views.folded.text):
        first, last = views.folded.span(*match.span())
        yield Hit(code="pii.email", decision=Decision.review, start=first, end=last, detail="looks like an e-mail address")


def _numbers(text: str) -> Iterator[tuple[str, Decision, int, int]]:
    """Worst first."""
    for match in _ID_CARD.finditer(text):
        if is_id_card(match.group()):
            yield "pii.id_card", Decision.block, *match.span()
    for match in _CARD.finditer(text):
        if passes_luhn(match.group()):
            yield "pii.bank_card", Decision.block, *match.span()
    for match in _PHONE.finditer(text):
        yield "pii.phone", Decision.review, *match.span()


def _spelled_out(text: str) -> Iterator[tuple[str, Decision, int, int]]:
    """Numbers with separators in them. Neighbours that only happen to add up (sizes: 15 18 20 25 30 4) are none: a number is written digit
    by digit, in groups of three and more, or with separators that are no blanks."""
    for run in _RUN.finditer(text):
        pieces = [len(piece) for piece in re.split(r"[ .\-·*_]+", run.group())]
        blanks_only = not re.search(r"[.\-·*_]", run.group())
        if len(pieces) == 1 or (blanks_only and max(pieces) > 1 and min(pieces) < 3):
            continue
        places = [place for place in range(*run.span()) if text[place].isalnum()]
        for code, decision, start, end in _numbers("".join(text[place] for place in places)):
            yield code, decision, places[start], places[end - 1] + 1


def is_id_card(number: str) -> bool:
    """18 characters with a date of birth that exists and the right check character."""
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return number[17] == _ID_CHECK[total % 11]


def passes_luhn(number: str) -> bool:
    """ISO/IEC 7812-1 check digit."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
