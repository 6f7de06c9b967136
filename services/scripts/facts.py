"""Brief to numbered facts: the only things that a script may claim."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from libs.common.media.brief import Brief, Language, Price, Scenario, Tone
from libs.common.media.errors import InvalidInput
from libs.common.media.storyboard import Fact
from services.scripts.numbers import plain_decimal
from services.scripts.sanitize import clean

ZH_UNITS = {
    "CNY": "元",
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "HKD": "港元",
    "TWD": "新台币",
    "KRW": "韩元",
    "SGD": "新加坡元",
    "AUD": "澳元",
    "CAD": "加元",
}
SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_EDGES = " 。.;；,，、!！…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The brief as a writer sees it: clean text, numbered facts."""

    name: str
    category: str
    audience: str
    brand: str
    language: Language
    scenario: Scenario
    tone: Tone
    length_s: int
    seed: int
    facts: tuple[Fact, ...]
    banned: tuple[str, ...]
    """Phrases that must appear nowhere, as the brief has them."""

    def fact(self, fact_id: str) -> Fact:
        return next(fact for fact in self.facts if fact.id == fact_id)

    def of_kind(self, *kinds: str) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.kind in kinds)


def grounds_of(brief: Brief) -> Grounds:
    """Raises InvalidInput where nothing readable is left of the name or of all selling points."""
    product = brief.product
    name = fact_text(product.name)
    if not name:
        raise InvalidInput("the name has no readable text", code="brief.empty_name", field="/product/name")
    facts = _numbered(brief, name)
    if not any(fact.kind == "point" for fact in facts):
        raise InvalidInput("no selling point has readable text", code="brief.no_usable_fact", field="/product/selling_points")
    return Grounds(
        name=name,
        category=fact_text(product.category or ""),
        audience=fact_text(brief.audience or ""),
        brand=fact_text(product.brand.name or "") if product.brand is not None else "",
        language=brief.language,
        scenario=brief.scenario,
        tone=brief.tone,
        length_s=brief.length_s,
        seed=brief.seed,
        facts=facts,
        banned=product.must_not_say,
    )


def fact_text(text: str) -> str:
    """A statement of the brief as a fact has it: one clean line without a stop at its ends."""
    return clean(text).strip(_EDGES)


def money(amount: Decimal, currency: str, language: Language) -> str:
    """`199元` in Chinese, `$19.90` in English: the way it is written and read."""
    if language is Language.zh:
        unit = ZH_UNITS.get(currency)
        return f"{plain_decimal(amount)}{unit}" if unit else f"{plain_decimal(amount)} {currency}"
    whole = amount == amount.to_integral_value()
    figure = f"{amount:.0f}" if whole else f"{amount:.2f}"
    sign = SIGNS.get(currency)
    return f"{sign}{figure}" if sign else f"{figure} {currency}"


def _numbered(brief: Brief, name: str) -> tuple[Fact, ...]:
    product = brief.product
    told: list[tuple[str, str]] = [("name", name)]
    told += [("point", fact_text(text)) for text in product.selling_points]
    told += _prices(product.price, brief.language)
    told += [("claim", fact_text(text)) for text in product.claims]
    told += [("must_say", fact_text(text)) for text in product.must_say]
    if product.brand is not None and product.brand.name:
        told.append(("brand", fact_text(product.brand.name)))
    unique = dict.fromkeys((kind, text) for kind, text in told if text)
    seen: set[str] = set()
    facts: list[Fact] = []
    for kind, text in unique:
        if kind in {"point", "claim"} and text.casefold() in seen:
            continue  # the same statement twice is one fact
        seen.add(text.casefold())
        facts.append(Fact(id=f"f{len(facts) + 1}", kind=kind, text=text))
    return tuple(facts)


def _prices(price: Price | None, language: Language) -> list[tuple[str, str]]:
    if price is None:
        return []
    told = [("price", money(price.amount, price.currency, language))]
    if price.was is not None and price.was > price.amount:
        told.append(("was", money(price.was, price.currency, language)))
    return told
