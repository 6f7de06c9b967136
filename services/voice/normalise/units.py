"""Units of measure behind a number, as each language says them. The table is `units.json`: symbol to words, English in the singular."""

from __future__ import annotations

import json
import re
from pathlib import Path

_TABLE: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("units.json").read_text("utf-8"))
ZH = {symbol: names["zh"] for symbol, names in _TABLE.items() if "zh" in names}
EN = {symbol: names["en"] for symbol, names in _TABLE.items() if "en" in names}

_IRREGULAR = {"foot": "feet", "hertz": "hertz", "gigahertz": "gigahertz", "megahertz": "megahertz", "kilohertz": "kilohertz"}


def english(symbol: str, *, one: bool) -> str:
    """The name of a unit, plural unless `one`: the first noun takes it (`kilometers per hour`), or the last (`kilowatt hours`)."""
    name = EN[symbol]
    if one:
        return name
    head, per, tail = name.partition(" per ")
    before, blank, last = head.rpartition(" ")
    if before in ("degree",):
        return f"degrees {last}"
    return f"{before}{blank}{_IRREGULAR.get(last, _plural(last))}{per}{tail}"


def _plural(word: str) -> str:
    return word + ("es" if word.endswith(("ch", "x")) else "s")


def symbols(table: dict[str, str]) -> str:
    """A pattern for any of the table's symbols, the longest first, not in the middle of a Latin word."""
    return "(?:" + "|".join(re.escape(symbol) for symbol in sorted(table, key=len, reverse=True)) + r")(?![A-Za-z0-9²³])"
