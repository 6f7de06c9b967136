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
_CARD = re.compile(r"(?<![0-9])[3-6][0-9]{14,18}(?![0-9])")
_EMAIL = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z]{2,24}")
_GROUPED = re.compile(r"[0-9x](?:[ .\-·*_]?[0-9x]){9,21}")
"""A run of digits with at most one separator between two of them: squeezing a whole text would merge neighbours."""

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643-1999, mod 11-2."""
_ID_CHECK = "10x98765432"


def find(views: Views, scenario: Scenario) -> Iterator[Hit]:
    digits = View(views.folded.text.translate(DIGITS), views.folded.offsets)
    seen: set[tuple[int, int]] = set()
    for run in _GROUPED.finditer(digits.text):
        kept = [place for place in range(run.start(), run.end()) if digits.text[place].isalnum()]
        view = View("".join(digits.text[place] for place in kept), tuple(digits.offsets[place] for place in kept))
        for code, decision, start, end in _numbers(view.text):
            span = view.span(start, end)
            if span not in seen:
                seen.add(span)
                yield Hit(code=code, decision=decision, start=span[0], end=span[1], detail="looks like personal data")
    for match in _EMAIL.finditer(views.folded.text):
        start, end = views.folded.span(*match.span())
        yield Hit(code="pii.email", decision=Decision.review, start=start, end=end, detail="looks like an e-mail address")


def _numbers(text: str) -> Iterator[tuple[str, Decision, int, int]]:
    for match in _ID_CARD.finditer(text):
        if is_id_card(match.group()):
            yield "pii.id_card", Decision.block, *match.span()
            return
    for match in _CARD.finditer(text):
        if passes_luhn(match.group()):
            yield "pii.bank_card", Decision.block, *match.span()
            return
    for match in _PHONE.finditer(text):
        yield "pii.phone", Decision.review, *match.span()


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
