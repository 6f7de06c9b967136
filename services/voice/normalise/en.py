"""English: how the signs and numbers of a text are said."""

from __future__ import annotations

import re

from services.voice.normalise import latin, units
from services.voice.normalise import numbers_en as en
from services.voice.normalise.patterns import CLOCK, DASH, MODEL, NOT_LATIN, NUMBER, before, behind_capitals
from services.voice.normalise.rules import Rule, rule

_Match = re.Match[str]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTH_WORDS = tuple(month.lower() for month in _MONTHS) + tuple(month[:3].lower() for month in _MONTHS) + ("sept", "sept.", "nov.", "dec.")
_CURRENCIES = {
    "HK$": ("Hong Kong dollar", "cent"), "US$": ("dollar", "cent"), "$": ("dollar", "cent"), "USD": ("dollar", "cent"),
    "€": ("euro", "cent"), "EUR": ("euro", "cent"), "£": ("pound", "penny"), "GBP": ("pound", "penny"), "¥": ("yuan", ""),
    "￥": ("yuan", ""), "RMB": ("yuan", ""), "CNY": ("yuan", ""), "JPY": ("yen", ""),
}  # fmt: skip
"""Name of the whole and of its hundredth; without the latter, decimals are read as such."""
_INVARIABLE = frozenset({"yuan", "yen"})
_SIGNS = "|".join(re.escape(sign) for sign in _CURRENCIES)
_SCALES = {"k": "thousand", "K": "thousand", "M": "million", "B": "billion", "bn": "billion", "m": "million"}
_SCALE_WORDS = "thousand|million|billion|trillion"
_UNIT = units.symbols(units.EN)
_ABBREVIATIONS = {
    "e.g.": "for example", "i.e.": "that is", "vs.": "versus", "vs": "versus", "approx.": "approximately", "etc.": "et cetera",
    "incl.": "including", "w/": "with", "w/o": "without", "Mr.": "Mister", "Mrs.": "Missus", "Dr.": "Doctor", "St.": "Saint",
    "Prof.": "Professor", "Inc.": "Incorporated", "Ltd.": "Limited", "Co.": "Company", "dept.": "department", "avg.": "average",
    "max.": "maximum", "min.": "minimum",
}  # fmt: skip
_ABBREVIATION = "|".join(re.escape(word) for word in sorted(_ABBREVIATIONS, key=len, reverse=True))
_SYMBOLS = {
    "&": " and ", "+": " plus ", "=": " equals ", "@": " at ", "×": " times ", "%": " percent ", "°": " degrees ", "/": " or ",
    "±": " plus or minus ", "≥": " at least ", "≤": " at most ", ">": " more than ", "<": " less than ", "≈": " about ", "—": ", ",
    "–": ", ", "…": ", ", "|": ", ", "(": ", ", ")": ", ", "\n": ", ", "，": ", ", "。": ". ", "！": "! ", "？": "? ", "；": "; ",
    "、": ", ", "：": ": ", "’": "'", "→": ", ",
}  # fmt: skip
PAUSES = ",.!?;:"
_DENOMINATORS = {2: ("half", "halves"), 4: ("quarter", "quarters")}


def _month_day(month: int, day: str) -> str:
    return f"{_MONTHS[month - 1]} {en.ordinal(str(int(day)))}"


def _iso_date(match: _Match) -> str:
    return f"{_month_day(int(match[2]), match[3])}, {en.year(match[1])}"


def _us_date(match: _Match) -> str | None:
    first, second, year = int(match[1]), int(match[2]), match[3]
    month, day = (second, first) if first > 12 else (first, second)
    return f"{_month_day(month, str(day))}, {en.year(year)}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _clock(text: str, *, half: bool) -> str:
    hour, minute = text.split(":")
    said = en.cardinal(str(int(hour)))
    if minute != "00":
        return f"{said} {'oh ' if minute[0] == '0' else ''}{en.cardinal(str(int(minute)))}"
    if half:
        return said
    return f"{said} o'clock" if 1 <= int(hour) <= 12 else f"{said} hundred"


def _half(text: str | None) -> str:
    return f" {text[0].upper()} M" if text else ""


def _time(match: _Match) -> str:
    half = match["half"]
    parts = re.findall(r"\d+:\d+", match["times"])
    return " to ".join(_clock(part, half=half is not None or len(parts) > 1) for part in parts) + _half(half)


def _hours(match: _Match) -> str | None:
    parts = re.findall(r"\d+", match["hours"])
    return " to ".join(en.cardinal(part) for part in parts) + _half(match["half"]) if all(1 <= int(part) <= 12 for part in parts) else None


def _money(match: _Match) -> str:
    whole, hundredth = _CURRENCIES[match["sign"]]
    low, high, scale = match["low"], match["high"], match["scale"]
    scale_word = f" {_SCALES.get(scale, scale)}" if scale else ""
    if high:
        return f"{en.number(low)} to {en.number(high)}{scale_word} {_coins(whole, '2')}"
    units_, point, cents = low.replace(",", "").partition(".")
    if not point or not hundredth or scale_word or len(cents) > 2:
        return f"{en.number(low)}{scale_word} {_coins(whole, '2' if scale_word else low)}"
    cents = cents.ljust(2, "0")
    parts = [] if units_ == "0" and cents != "00" else [f"{en.cardinal(units_)} {_coins(whole, units_)}"]
    if cents != "00":
        value = str(int(cents))
        parts.append(f"{en.cardinal(value)} {_coins(hundredth, value)}")
    return " and ".join(parts)


def _coins(name: str, amount: str) -> str:
    if name in _INVARIABLE or amount == "1":
        return name
    return "pence" if name == "penny" else name + "s"


_SIGN_WORDS = {"": "", "+": "plus ", "-": "minus ", "−": "minus "}


def _percent(match: _Match) -> str:
    high = match["high"]
    said = _SIGN_WORDS[match["sign"] or ""] + en.number(match["low"])
    return f"{said} to {en.number(high)} percent" if high else f"{said} percent"


def _measure(match: _Match) -> str:
    low, high, sign = match["low"], match["high"], match["sign"] or ""
    name = units.english(match["unit"], one=low == "1" and not high)
    return _SIGN_WORDS[sign] + en.number(low) + (f" to {en.number(high)}" if high else "") + f" {name}"


def _size(match: _Match) -> str:
    parts = re.findall(r"[0-9.,]+", match["numbers"])
    unit = f" {units.english(match['unit'], one=False)}" if match["unit"] else ""
    return " by ".join(en.number(part) for part in parts) + unit


def _fraction(match: _Match) -> str | None:
    top, bottom = int(match[2]), int(match[3])
    if (top, bottom) in ((24, 7), (50, 50)):
        return f"{en.cardinal(match[2])} {en.cardinal(match[3])}"
    if not 1 < bottom <= 100 or top >= bottom:
        return None
    one, many = _DENOMINATORS.get(bottom) or (en.ordinal(match[3]), en.ordinal(match[3]) + "s")
    said = f"{en.cardinal(match[2])} {one if top == 1 else many}"
    return f"{en.cardinal(match[1].strip())} and {said}" if match[1] else said


def _decade(match: _Match) -> str:
    text = next(group for group in match.groups() if group)
    said = en.year(text) if len(text) == 4 else en.cardinal(text)
    if said.endswith("ty"):
        return said[:-1] + "ies"
    return said + "s"


def _model_digits(text: str) -> str:
    """Pairs, as model numbers are read: 4090 is forty ninety, 720 seven twenty."""
    if text[0] == "0" or len(text) > 4:
        return en.digits(text)
    return en.year(text) if len(text) == 4 else en.year(f"0{text}")


def _model(match: _Match) -> str:
    return latin.model(match.group(), en.number, _model_digits)


def _range(match: _Match) -> str:
    low, high = match[1], match[2]
    if _is_year(low) and _is_year(high):
        return f"{en.year(low)} to {en.year(high)}"
    return f"{en.number(low)} to {en.number(high)}"


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1800 <= int(text) <= 2099


def _integer(match: _Match) -> str:
    text, behind = match.group(), match.string[match.end() :]
    is_day = text.isdigit() and 1 <= int(text) <= 31
    if is_day and (before(match.string, match.start(), *_MONTH_WORDS) or re.match(rf"\s(?:{'|'.join(_MONTHS)})\b", behind)):
        return en.ordinal(text)
    if behind_capitals(match.string, match.start()) and len(text) in (3, 4) and text.isdigit():
        return latin.model(text, en.number, _model_digits)
    many = re.match(r"[ -][a-z]+s\b", behind) and not re.match(r"\s(?:is|was|has|its|as)\b", behind)
    if _is_year(text) and (
        before(match.string, match.start(), " in", " since", " by", " from", " of", " until")
        or not (many or re.match(rf"\s(?:yuan|people|{_SCALE_WORDS})", behind))
    ):
        return en.year(text)
    return en.digits(text) if len(text) >= 9 and "." not in text and "," not in text and not text.endswith("000") else en.number(text)


def _scaled(match: _Match) -> str | None:
    number, scale = match[1], match[2]
    if scale == "K" and number in ("2", "4", "5", "8"):
        return None  # a picture's size
    return f"{en.number(number)} {_SCALES[scale]}"


def _address(match: _Match) -> str:
    said = re.sub(r"^https?://", "", match.group())
    words = {".": " dot ", "@": " at ", "/": " slash ", "-": " dash ", "_": " underscore "}
    return re.sub(r"[.@/_-]", lambda sign: words[sign.group()], said.rstrip("/"))


RULES: tuple[Rule, ...] = (
    rule("address", r"(?<![A-Za-z0-9])(?:https?://)?[A-Za-z0-9_-]+(?:[.@][A-Za-z0-9_-]+)*\.(?:com|cn|net|org|io|ai|co|uk|shop)"
         r"(?:/[A-Za-z0-9_/-]*)?(?![A-Za-z0-9])", _address),
    rule("iso_date", r"([12][0-9]{3})[-/](0[1-9]|1[0-2])[-/](0[1-9]|[12][0-9]|3[01])(?![0-9])", _iso_date),
    rule("us_date", r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([12][0-9]{3})(?![0-9])", _us_date),
    rule("month", r"(?<![A-Za-z])(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b\.?(?=\s[0-9])",
         lambda m: next(month for month in _MONTHS if month.startswith(m[1][:3]))),
    rule("time", rf"(?P<times>{CLOCK}(?:{DASH}{CLOCK})?)(?:\s?(?P<half>[aApP]\.?[mM])\b\.?)?", _time),
    rule("hours", rf"(?P<hours>[0-9]{{1,2}}(?:{DASH}[0-9]{{1,2}})?)\s?(?P<half>[aApP]\.?[mM])\b\.?", _hours),
    rule("ratio", r"[0-9]+(?:\.[0-9]+)?(?::[0-9]+(?:\.[0-9]+)?){1,2}(?![0-9])",
         lambda m: " to ".join(en.number(part) for part in m.group().split(":"))),
    rule("phone", r"(?:\+?[0-9]{1,2}[- ])?(?:\([0-9]{3}\)\s?|[0-9]{3}[-. ])[0-9]{3}[-. ][0-9]{4}(?![0-9])",
         lambda m: ", ".join(en.digits(part, phone=True) for part in re.findall(r"\d+", m.group()))),
    rule("money", rf"(?<![A-Za-z])(?P<sign>{_SIGNS})\s?(?P<low>{NUMBER})(?:{DASH}(?:{_SIGNS})?(?P<high>{NUMBER}))?"
         rf"(?:\s?(?P<scale>{_SCALE_WORDS}|bn|[kKMBm])(?![A-Za-z]))?", _money),
    rule("money_code", rf"(?P<low>{NUMBER})(?P<high>)(?P<scale>)\s?(?P<sign>USD|EUR|GBP|RMB|CNY|JPY|€)(?![A-Za-z])", _money),
    rule("percent", rf"(?P<sign>(?<![0-9A-Za-z])[-+−])?(?P<low>{NUMBER})%?(?:{DASH}(?P<high>{NUMBER}))?\s?%", _percent),
    rule("decade", r"['’]?([12][0-9]{2}0)s\b|['’]([0-9]0)s\b|(?<=the[ ])([2-9]0)s\b", _decade),
    rule("size", rf"(?P<numbers>{NUMBER}(?:\s?[×xX*]\s?{NUMBER}){{1,2}})\s?(?P<unit>{_UNIT})?", _size),
    rule("times", rf"({NUMBER})[xX×](?![A-Za-z0-9])", lambda m: f"{en.number(m[1])} times"),
    rule("measure", rf"(?P<sign>(?<![0-9A-Za-z])[-−])?(?P<low>{NUMBER})(?:\s?(?:{_UNIT})?{DASH}(?P<high>{NUMBER}))?[\s-]?"
         rf"(?P<unit>{_UNIT})", _measure),
    rule("ordinal", r"([0-9]+)(?:st|nd|rd|th)\b", lambda m: en.ordinal(m[1])),
    rule("fraction", r"([0-9]+\s)?([0-9]{1,3})/([0-9]{1,3})(?![0-9/])", _fraction),
    rule("number_sign", r"(?<![A-Za-z])(?:No\.\s?|№\s?|\#)([0-9]{1,4})(?![0-9])", lambda m: f"number {en.cardinal(m[1])}"),
    rule("version", r"(?:(?<![A-Za-z])[vV])?[0-9]+(?:\.[0-9]+){2,}", lambda m: ("version " if m.group()[0] in "vV" else "")
         + " point ".join(en.cardinal(part) for part in m.group().lstrip("vV").split("."))),
    rule("scaled", rf"({NUMBER})(k|K|M|B|bn)(?![A-Za-z0-9])", _scaled),
    rule("model", MODEL, _model),
    rule("range", rf"({NUMBER}){DASH}({NUMBER}){NOT_LATIN}", _range),
    Rule("per", re.compile(r"(?<=[0-9A-Za-z])/(?=month|year|day|week|night|person|hour|piece|kg|mo\b|yr\b)"), lambda m: " per "),
    rule("abbreviation", rf"(?<![A-Za-z])(?:{_ABBREVIATION})(?![A-Za-z])", lambda m: _ABBREVIATIONS[m.group()]),
    rule("word", r"(?<![A-Za-z])[^\W\d_]+(?:['’-][^\W\d_]+)*", lambda m: latin.letters(m.group().replace("’", "'"))),
    rule("minus", rf"(?<![0-9A-Za-z])[-−]({NUMBER})", lambda m: f"minus {en.number(m[1])}"),
    rule("about", r"~(?=[0-9])", lambda m: "about "),
    rule("integer", NUMBER, _integer),
)  # fmt: skip
"""In order of trial: what is more special comes first."""


def symbol(char: str) -> str:
    """What a single character that no rule took is said as."""
    if char in PAUSES or char.isspace():
        return _SYMBOLS.get(char, char)
    return _SYMBOLS.get(char, char if char.isalnum() else "")
