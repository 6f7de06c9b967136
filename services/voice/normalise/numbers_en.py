"""Numbers as English says them."""

from __future__ import annotations

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGE = ("", " thousand", " million", " billion", " trillion", " quadrillion")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
LONGEST = 18
"""Digits; a longer number is said digit by digit."""


def digits(text: str, *, phone: bool = False) -> str:
    """One by one; on the phone 0 is `oh`. Whatever is no digit is left out."""
    said = [_ONES[int(char)] for char in text if char.isdigit()]
    return " ".join("oh" if phone and word == "zero" else word for word in said)


def cardinal(text: str) -> str:
    """A whole number in digits, thousands separators allowed."""
    plain = text.replace(",", "")
    if len(plain) > LONGEST or (len(plain) > 1 and plain[0] == "0"):
        return digits(plain)
    return _words(int(plain))


def number(text: str) -> str:
    """With decimals: 3.14 is `three point one four`."""
    whole, point, fraction = text.replace(",", "").partition(".")
    return f"{cardinal(whole or '0')} point {digits(fraction)}" if point else cardinal(whole)


def ordinal(text: str) -> str:
    """21 is `twenty-first`."""
    said = cardinal(text)
    cut = max(said.rfind(" "), said.rfind("-")) + 1
    head, last = said[:cut], said[cut:]
    if last in _ORDINALS:
        return head + _ORDINALS[last]
    return head + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def year(text: str) -> str:
    """2025 is `twenty twenty-five`, 1905 `nineteen oh five`, 2007 `two thousand seven`."""
    century, rest = divmod(int(text), 100)
    if 2000 <= int(text) <= 2009 or int(text) % 1000 == 0:
        return cardinal(text)
    if rest == 0:
        return f"{_words(century)} hundred"
    return f"{_words(century)} {'oh ' if rest < 10 else ''}{_words(rest)}"


def _words(value: int) -> str:
    if value == 0:
        return _ONES[0]
    parts: list[str] = []
    group = 0
    while value:
        value, low = divmod(value, 1_000)
        if low:
            parts.append(_below_thousand(low) + _LARGE[group])
        group += 1
    return " ".join(reversed(parts))


def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    parts = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        parts.append(_TENS[tens] + (f"-{_ONES[ones]}" if ones else ""))
    elif rest:
        parts.append(_ONES[rest])
    return " ".join(parts)
