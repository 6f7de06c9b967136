"""Mandarin: how the signs, numbers and Latin words of a Chinese text are said."""

from __future__ import annotations

import re

from services.voice.normalise import latin, units
from services.voice.normalise import numbers_zh as zh
from services.voice.normalise.patterns import CLOCK, DASH, MODEL, NOT_LATIN, NUMBER, before, behind_capitals
from services.voice.normalise.rules import Rule, rule

_Match = re.Match[str]

_CURRENCIES = {
    "HK$": "港元", "US$": "美元", "RMB": "元", "CNY": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "HKD": "港元",
    "¥": "元", "￥": "元", "$": "美元", "€": "欧元", "£": "英镑",
}  # fmt: skip
_SIGNS = "|".join(re.escape(sign) for sign in _CURRENCIES)
_MONEY = "元|块钱|块|美元|欧元|英镑|港元|日元|美金|人民币"
_UNIT = units.symbols(units.ZH)
_MEASURES = (
    "个只件条款种位天次倍步层杯瓶袋盒片支双套台部块张本家人名岁周秒分小点元克斤公千毫米厘升辆项类场组排颗粒包罐箱桶把根面道口座栋间届趟遍回万亿"
    "季星句段篇首门对份批笔枚滴勺碗盘顿餐晚夜年度平立"
)
"""Before these 2 is 两. Not 月, 日, 号, 级, 楼, 代, 期, 等: 二月, 二级."""
_PHONE_WORDS = ("电话", "热线", "致电", "拨打", "手机", "手机号", "客服", "报警")
_CODE_WORDS = ("编号", "代码", "验证码", "学号", "qq", "微信", "编码", "型号", "邮编", "尾号", "单号", "房号", "班次", "航班")
_SYMBOLS = {
    "&": "和", "×": "乘", "+": "加", "=": "等于", "≈": "约等于", "±": "正负", "≥": "大于等于", "≤": "小于等于", ">": "大于", "<": "小于",
    "÷": "除以", "°": "度", "℃": "摄氏度", "%": "百分号", "@": " at ", "/": "，", "|": "，", "—": "，", "…": "，", "\n": "，", "→": "，",
    "〇": "零", "㎡": "平方米",
}  # fmt: skip
PAUSES = "，。！？；：、,.!?;:"


def _counted(match: _Match) -> bool:
    following = match.string[match.end() :].lstrip(" ")[:1]
    return bool(following) and following in _MEASURES


def _date(match: _Match) -> str:
    year, _, month, day = match.groups()
    return f"{zh.digits(year)}年{zh.cardinal(month.lstrip('0'))}月{zh.cardinal(day.lstrip('0'))}日"


def _clock(text: str) -> str:
    hour, minute = text.split(":")
    said = f"{zh.cardinal(str(int(hour)), counting=True)}点"
    if minute == "00":
        return said
    return said + ("零" if minute[0] == "0" else "") + f"{zh.cardinal(str(int(minute)))}分"


def _time(match: _Match) -> str | None:
    if before(match.string, match.start(), "比例", "比", "比分", "画幅"):
        return None
    return "到".join(_clock(part) for part in re.findall(r"\d+:\d+", match.group()))


def _phone(match: _Match) -> str | None:
    shaped = re.fullmatch(r"1[3-9]\d(?:[- ]?\d{4}){2}|[48]00[- ]?\d{3,4}[- ]?\d{3,4}|0\d{2,3}-\d{7,8}", match.group())
    named = before(match.string, match.start(), *_PHONE_WORDS)
    return zh.digits(match.group(), phone=True) if shaped or named else None


def _money_sign(match: _Match) -> str:
    low, high, scale = match["low"], match["high"], match["scale"] or ""
    said = zh.amount(low) + (f"到{zh.amount(high)}" if high else "") + scale
    return said + _CURRENCIES[match["sign"]]


def _money_word(match: _Match) -> str:
    low, high, tail = match["low"], match["high"], match["tail"] or ""
    said = f"{zh.amount(low)}到{zh.amount(high)}" if high else zh.amount(low)
    return said + (match["scale"] or "") + match["unit"] + zh.digits(tail)


_SIGN_WORDS = {"": "", "+": "正", "-": "负", "−": "负"}


def _percent(match: _Match) -> str:
    parts = {"%": "百分之", "‰": "千分之"}[match["kind"]]
    low, high = match["low"], match["high"]
    if low == "100" and not high:
        return f"{_SIGN_WORDS[match['sign'] or '']}百分之百"
    return f"{_SIGN_WORDS[match['sign'] or '']}{parts}{zh.number(low)}" + (
        f"到{parts if match['inner'] else ''}{zh.number(high)}" if high else ""
    )


def _discount(match: _Match) -> str:
    low, high = match["low"], match["high"]
    return zh.digits(low) + (f"到{zh.digits(high)}" if high else "") + "折"


def _cold(match: _Match) -> str:
    return f"零下{zh.number(match[1])}{units.ZH[match[2]]}"


def _size(match: _Match) -> str:
    parts = re.findall(r"[0-9.,]+", match["numbers"])
    unit = units.ZH[match["unit"]] if match["unit"] else ""
    return "乘".join(zh.number(part) for part in parts) + unit


def _measure(match: _Match) -> str:
    low, high = match["low"], match["high"]
    name = units.ZH[match["unit"]]
    counting = not name.startswith(" ")
    return zh.number(low, counting=counting) + (f"到{zh.number(high, counting=counting)}" if high else "") + name


def _year(match: _Match) -> str:
    return "到".join(zh.digits(part) for part in re.findall(r"\d+", match.group()))


def _fraction(match: _Match) -> str | None:
    if match.group() in ("24/7", "7/24"):
        return "七乘二十四"
    return f"{zh.cardinal(match[2])}分之{zh.cardinal(match[1])}" if int(match[2]) > int(match[1]) else None


def _ratio(match: _Match) -> str:
    return "比".join(zh.number(part) for part in match.group().split(":"))


def _range(match: _Match) -> str:
    counting = _counted(match)
    return f"{zh.number(match[1], counting=counting)}到{zh.number(match[2], counting=counting)}"


def _sum(match: _Match) -> str:
    words = {"×": "乘", "*": "乘", "x": "乘", "X": "乘", "+": "加", "=": "等于", "÷": "除以"}
    return "".join(words.get(part) or zh.number(part) for part in re.findall(r"[0-9.,]+|[×*xX+=÷]", match.group()))


def _integer(match: _Match) -> str:
    text = match.group()
    if behind_capitals(match.string, match.start()):
        return latin.model(text, zh.number, zh.digits)
    long = len(text) >= 9 and "," not in text and "." not in text and not text.endswith("000")
    if long or before(match.string, match.start(), *_CODE_WORDS):
        return "点".join(zh.digits(part) for part in text.split("."))
    return zh.number(text, counting=_counted(match))


def _model(match: _Match) -> str:
    return latin.model(match.group(), zh.number, zh.digits)


RULES: tuple[Rule, ...] = (
    rule("address", r"(?<![A-Za-z0-9])[A-Za-z0-9_-]+(?:[.@][A-Za-z0-9_-]+)*\.(?:com|cn|net|org|io|ai)" + NOT_LATIN, lambda m: re.sub(
        r"[.@]", lambda sign: " 点 " if sign.group() == "." else " at ", m.group())),
    rule("date", r"([12][0-9]{3})([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12][0-9]|3[01])(?![0-9])", _date),
    rule("time", rf"{CLOCK}(?:{DASH}{CLOCK})?", _time),
    rule("ratio", r"[0-9]+(?:\.[0-9]+)?(?::[0-9]+(?:\.[0-9]+)?){1,2}(?![0-9])", _ratio),
    rule("phone", r"[0-9]{3,12}(?:[- ]?[0-9]{3,8}){0,2}(?![0-9])", _phone),
    rule("money_sign", rf"(?<![A-Za-z])(?P<sign>{_SIGNS})\s?(?P<low>{NUMBER})(?:{DASH}(?:{_SIGNS})?(?P<high>{NUMBER}))?"
         r"(?P<scale>[万亿千百])?元?", _money_sign),
    rule("money_word", rf"(?P<low>{NUMBER})(?:{DASH}(?P<high>{NUMBER}))?\s?(?P<scale>[万亿])?(?P<unit>{_MONEY})"
         r"(?P<tail>(?<=块)[0-9](?![0-9]))?", _money_word),
    rule("percent", rf"(?P<sign>(?<![0-9A-Za-z])[-+−])?(?P<low>{NUMBER})(?:(?P<inner>%)?{DASH}(?P<high>{NUMBER}))?(?P<kind>[%‰])",
         _percent),
    rule("discount", rf"(?P<low>[0-9](?:\.[0-9])?|[0-9]{{2}})(?:{DASH}(?P<high>[0-9](?:\.[0-9])?))?\s?折", _discount),
    rule("cold", rf"(?<![0-9A-Za-z])[-−]({NUMBER})\s?(℃|°C|℉|°F|°)", _cold),
    rule("wan", rf"({NUMBER})w(?![A-Za-z0-9])", lambda m: f"{zh.number(m[1], counting=True)}万"),
    rule("size", rf"(?P<numbers>{NUMBER}(?:\s?[×xX*]\s?{NUMBER}){{1,2}})\s?(?P<unit>{_UNIT})?", _size),
    rule("measure", rf"(?P<low>{NUMBER})(?:\s?(?:{_UNIT})?{DASH}(?P<high>{NUMBER}))?\s?(?P<unit>{_UNIT})", _measure),
    rule("years", rf"[12][0-9]{{3}}{DASH}[12][0-9]{{3}}(?=\s?年)", _year),
    rule("year", r"(?:1[89]|2[01])[0-9]{2}(?=\s?(?:年|款|届|财年|春|秋|新款|赛季))", _year),
    rule("generation", r"(?:[0-9]0|[0-9]5)(?=后)", lambda m: zh.digits(m.group())),
    rule("double", r"(?<=双)[0-9]{2}(?![0-9])", lambda m: zh.cardinal(m.group())),
    rule("festival", r"(?:618|315|520|996)(?=大促|年中|购物|活动|晚会|专场|狂欢|期间|福利|预售|好物|工作制|告白|[，。！？,]|$)",
         lambda m: zh.digits(m.group())),
    rule("fraction", r"([0-9]{1,3})/([0-9]{1,4})(?![0-9/])", _fraction),
    rule("ordinal", r"第\s?([0-9]+)", lambda m: f"第{zh.cardinal(m[1])}"),
    rule("number_one", r"(?<![A-Za-z])(?:No\.|NO\.|no\.|№|\#)\s?([0-9]{1,4})(?![0-9])", lambda m: f"第{zh.cardinal(m[1])}"),
    rule("version", r"(?:(?<![A-Za-z])[vV])?[0-9]+(?:\.[0-9]+){2,}", lambda m: ("V " if m.group()[0] in "vV" else "")
         + "点".join(zh.cardinal(part) for part in m.group().lstrip("vV").split("."))),
    rule("sum", rf"{NUMBER}(?:\s?[×*+÷=]\s?{NUMBER})+", _sum),
    rule("range", rf"({NUMBER}){DASH}({NUMBER}){NOT_LATIN}", _range),
    rule("times", rf"({NUMBER})[xX](?![A-Za-z0-9])", lambda m: f"{zh.number(m[1], counting=True)}倍"),
    rule("model", MODEL, _model),
    Rule("each", re.compile(r"(?<=[0-9元块万])/(?=[月年天日人件个次斤盒晚台张包袋瓶位克米]|小时|分钟|公斤|平)"), lambda m: "每"),
    rule("latin", r"(?<![A-Za-z])[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*", lambda m: latin.letters(m.group().replace("’", "'"))),
    rule("minus", rf"(?<![0-9A-Za-z])[-−]({NUMBER})", lambda m: f"负{zh.number(m[1])}"),
    rule("integer", NUMBER, _integer),
)  # fmt: skip
"""In order of trial: what is more special comes first."""


def symbol(char: str) -> str:
    """What a single character that no rule took is said as."""
    if char in PAUSES or char.isspace():
        return _SYMBOLS.get(char, char)
    return _SYMBOLS.get(char, char if char.isalnum() else "")
