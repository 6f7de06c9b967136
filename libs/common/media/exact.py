"""An exact number from what JSON and people write: `2.5` is five halves, not the nearest binary fraction."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

WRITTEN = r"^-?\d{1,21}(\.\d{1,12}|/[1-9]\d{0,12})?$"
"""What may be sent, and all that is written: twelve decimals are a denominator of up to thirteen digits."""
DECIMALS = 12
"""Of a number that is no text; programs send thirds with sixteen. In seconds, the last one is a picosecond."""


@dataclass(frozen=True, slots=True)
class Exact:
    """Accepts numbers, `"2.5"` and `"5/2"`; written as `"5/2"`."""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> object:
        """pydantic calls this by name; the import stays out of the domain until it does."""
        inner = handler(source)  # type: ignore[operator]
        return {"type": "function-before", "function": {"type": "no-info", "function": exact}, "schema": inner}

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> object:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": WRITTEN}]}


def exact(value: object) -> object:
    """The fraction that a number says in decimal; what is none is left for the type to refuse.

    A text is looked at first: `1e999999999` would be a number of a billion digits."""
    if isinstance(value, float) and math.isfinite(value):
        return round(Fraction(repr(value)), DECIMALS)
    if isinstance(value, bool) or (isinstance(value, str) and not re.match(WRITTEN, value)):
        raise ValueError('a number is expected, for instance 2.5, "2.5" or "5/2"')
    return value
