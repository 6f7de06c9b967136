"""Numbers as Mandarin says them."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
_SMALL = ("", "十", "百", "千")
_LARGE = ("", "万", "亿", "万亿", "亿亿")
LONGEST = 20
"""Digits; a longer number is said digit by digit."""


def digits(text: str, *, phone: bool = False) -> str:
    """One by one; on the phone 一 is 幺. Whatever is no digit is left out."""
    said = "".join(DIGITS[int(char)] for char in text if char.isdigit())
    return said.replace("一", "幺") if phone else said


def cardinal(text: str, *, counting: bool = False) -> str:
    """A whole number in digits, thousands separators allowed. `counting` is before a measure word: 两个, not 二个."""
    plain = text.replace(",", "").replace("，", "")
    if len(plain) > 1 and plain[0] == "0":
        return digits(plain)
    if len(plain) > LONGEST:
        return digits(plain)
    value = int(plain)
    if value == 0:
        return DIGITS[0]
    if value == 2 and counting:
        return "两"
    said = _grouped(value)
    if said.startswith("一十"):
        said = said[1:]
    if said[0] == "二" and len(said) > 1 and said[1] in "百千万亿":
        said = "两" + said[1:]
    return said


def number(text: str, *, counting: bool = False) -> str:
    """With decimals: 3.14 is 三点一四. Trailing zeros behind the point are said, because they are shown."""
    whole, point, fraction = text.replace(",", "").partition(".")
    if not point:
        return cardinal(whole, counting=counting)
    return f"{cardinal(whole)}点{digits(fraction)}"


def amount(text: str) -> str:
    """Of money: 199.00 is 一百九十九, 19.90 is 十九点九."""
    whole, point, fraction = text.replace(",", "").partition(".")
    kept = fraction.rstrip("0")
    return number(f"{whole}.{kept}") if point and kept else cardinal(whole, counting=True)


def _grouped(value: int) -> str:
    """Groups of four digits with 万, 亿; one 零 stands for zeros in between."""
    said = ""
    group = 0
    gap = False
    while value:
        value, low = divmod(value, 10_000)
        if low:
            part = _below_ten_thousand(low) + _LARGE[group]
            said = part + ("零" if gap and said else "") + said
            gap = low < 1_000
        else:
            gap = bool(said)
        group += 1
    return said


def _below_ten_thousand(value: int) -> str:
    said = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit, value = divmod(value, 10**power)
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + _SMALL[power]
            gap = False
        else:
            gap = True
    return said
