"""Latin words and model numbers: which are spelled letter by letter, and how digits in them are said."""

from __future__ import annotations

import re
from collections.abc import Callable

_SPELLED = re.compile(
    "AI|AR|VR|TV|PC|UV|IQ|EQ|HR|IP|ID|IT|UI|UX|USB|LED|OLED|VIP|DIY|APP|SUV|MPV|SPA|AED|IPO|CEO|API|EVA|GPU|CPU|NPU|UFO|CO|UPF|OEM|ISO|EMS|USA|UK|EU|HDMI|UN|GEO|SEO"
)
"""Abbreviations that have a vowel and are spelled all the same."""
_VOWELS = frozenset("AEIOUY")
_RUNS = re.compile(r"[A-Za-z]+|[0-9]+(?:\.[0-9]+)?")


def letters(word: str) -> str:
    """`USB` is `U S B`, `Type` stays. Capitals without a vowel are spelled, and a few known ones that have one."""
    if word.isupper() and len(word) > 1 and (_SPELLED.fullmatch(word) or not _VOWELS & set(word)):
        return " ".join(word)
    return word


def model(text: str, number: Callable[[str], str], digits: Callable[[str], str]) -> str:
    """A model number: letters as `letters`, one or two digits and round hundreds as a number, longer ones digit by digit."""
    said: list[str] = []
    for run in _RUNS.findall(text):
        if run[0].isdigit():
            short = "." in run or len(run) <= 2 or (len(run) == 3 and run.endswith("00"))
            said.append(number(run) if short and not (run[0] == "0" and len(run) > 1) else digits(run))
        else:
            said.append(letters(run))
    return " ".join(said)
