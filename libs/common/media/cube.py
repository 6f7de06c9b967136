"""Colour tables in the `.cube` format: what the file says, checked line by line.

Format: Adobe, "Cube LUT Specification 1.0" (2013), and the two range lines of DaVinci Resolve. Larger tables than here are not used for
grading; smaller numbers of lines, extra ones and numbers that are none are refused.
"""

from __future__ import annotations

import math
import re
from array import array
from dataclasses import dataclass

from libs.common.media.errors import InvalidInput, TooLarge

UPLOADED_TABLE = re.compile(r"uploads/[0-9a-f]{64}\.cube")
"""Key of a file that was sent."""
MOST_BYTES = 16 << 20
"""A table of 65 has about 8 MB."""
SIZES_3D = (2, 65)
SIZES_1D = (2, 4_096)
_MOST_LEVEL = 1e4
"""Far above any light that a file means; keeps arithmetic finite."""

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Cube:
    """R'G'B' to R'G'B'."""

    title: str
    size: int
    three_d: bool
    """False for one curve a channel."""
    domain_min: Triple
    """What the first entry stands for."""
    domain_max: Triple
    values: array[float]
    """Red, green, blue of each entry in turn; in three dimensions red runs fastest, then green."""


class _Reading:
    """What has been read so far."""

    def __init__(self) -> None:
        self.title = ""
        self.size = 0
        self.three_d = True
        self.low: Triple = (0.0, 0.0, 0.0)
        self.high: Triple = (1.0, 1.0, 1.0)
        self.values = array("f")


def read_cube(data: bytes) -> Cube:
    """Raises InvalidInput that names the line: `lut.not_text`, `lut.unknown_line`, `lut.bad_size`, `lut.bad_number`, `lut.bad_domain`,
    `lut.line_count`; TooLarge (`lut.too_large`)."""
    if len(data) > MOST_BYTES:
        raise TooLarge(f"a colour table may have {MOST_BYTES} bytes; this one has {len(data)}", code="lut.too_large")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InvalidInput("a .cube file is text; this is not", code="lut.not_text") from error
    reading = _Reading()
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0][0].isalpha() and words[0].lower() not in ("nan", "inf", "infinity"):
            _keyword(reading, words, line, number)
        else:
            _entry(reading, words, number)
    return _finished(reading)


def _keyword(reading: _Reading, words: list[str], line: str, number: int) -> None:
    name = words[0]
    if reading.values:
        raise InvalidInput(f"line {number}: {name[:40]} stands after the table has begun", code="lut.unknown_line")
    if name == "TITLE":
        reading.title = line.partition("TITLE")[2].strip().strip('"')[:200]
    elif name in ("LUT_3D_SIZE", "LUT_1D_SIZE"):
        _size(reading, words, number)
    elif name in ("DOMAIN_MIN", "DOMAIN_MAX"):
        red, green, blue = _numbers(words[1:], 3, number)
        if name == "DOMAIN_MIN":
            reading.low = (red, green, blue)
        else:
            reading.high = (red, green, blue)
    elif name in ("LUT_3D_INPUT_RANGE", "LUT_1D_INPUT_RANGE"):
        low, high = _numbers(words[1:], 2, number)
        reading.low, reading.high = (low, low, low), (high, high, high)
    else:
        raise InvalidInput(f"line {number}: {name[:40]!r} is no word of the format", code="lut.unknown_line")


def _size(reading: _Reading, words: list[str], number: int) -> None:
    if reading.size:
        raise InvalidInput(f"line {number}: a second size; tables with a shaper before them are not read", code="lut.bad_size")
    reading.three_d = words[0] == "LUT_3D_SIZE"
    least, most = SIZES_3D if reading.three_d else SIZES_1D
    text = words[1] if len(words) == 2 else ""
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
        raise InvalidInput(f"line {number}: {words[0]} is a whole number from {least} to {most}", code="lut.bad_size")
    reading.size = int(text)


def _entry(reading: _Reading, words: list[str], number: int) -> None:
    if not reading.size:
        raise InvalidInput(f"line {number}: the table begins before its size was said", code="lut.bad_size")
    reading.values.extend(_numbers(words, 3, number))
    if len(reading.values) > 3 * _count(reading):
        raise InvalidInput(f"line {number}: more than the {_count(reading)} lines that its size asks for", code="lut.line_count")


def _numbers(words: list[str], count: int, number: int) -> list[float]:
    if len(words) != count:
        raise InvalidInput(f"line {number}: {count} numbers were expected, {len(words)} are there", code="lut.bad_number")
    try:
        found = [float(word) for word in words]
    except ValueError as error:
        raise InvalidInput(f"line {number}: not a number", code="lut.bad_number") from error
    if not all(math.isfinite(value) and abs(value) <= _MOST_LEVEL for value in found):
        raise InvalidInput(f"line {number}: a number that is none, or far too large", code="lut.bad_number")
    return found


def _finished(reading: _Reading) -> Cube:
    if not reading.size:
        raise InvalidInput("neither LUT_3D_SIZE nor LUT_1D_SIZE is in it", code="lut.bad_size")
    if any(low >= high for low, high in zip(reading.low, reading.high, strict=True)):
        raise InvalidInput("the domain's minimum lies at or above its maximum", code="lut.bad_domain")
    lines = len(reading.values) // 3
    if lines != _count(reading):
        raise InvalidInput(f"its size asks for {_count(reading)} lines of numbers, {lines} are there", code="lut.line_count")
    return Cube(reading.title, reading.size, reading.three_d, reading.low, reading.high, reading.values)


def _count(reading: _Reading) -> int:
    return reading.size**3 if reading.three_d else reading.size
