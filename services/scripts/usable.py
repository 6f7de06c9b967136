"""Which facts a script may use: forbidden and reviewed ones are left out, and what cannot be left out is the caller's mistake."""

from __future__ import annotations

from libs.common.media.brief import Brief, Scenario
from libs.common.media.errors import InvalidInput
from libs.common.media.review import BriefReview, Decision
from libs.common.media.storyboard import Fact
from services.scripts.facts import Grounds, fact_text
from services.scripts.phrases import first_said
from services.scripts.superlatives import superlatives

_OPTIONAL = ("point", "claim")


def unusable_facts(brief: Brief, review: BriefReview, grounds: Grounds) -> dict[str, str]:
    """Ids of selling points and claims that are not told, each with the reason.

    Raises InvalidInput (`brief.must_not_say_conflict`) where the name, the price or a phrase that must be said is forbidden.
    """
    for fact in grounds.facts:
        hit = first_said(fact.text, grounds.banned)
        if hit is not None and fact.kind in {"name", "price", "must_say"}:
            raise InvalidInput(
                f"{fact.kind.replace('_', ' ')} and must_not_say contradict each other: {brief.product.must_not_say[hit]!r}",
                code="brief.must_not_say_conflict",
                field=f"/product/must_not_say/{hit}",
            )
    reviewed = _reviewed(brief, review)
    found: dict[str, str] = {}
    for fact in grounds.of_kind(*_OPTIONAL):
        reason = _reason(fact, grounds, reviewed)
        if reason:
            found[fact.id] = reason
    return found


def _reason(fact: Fact, grounds: Grounds, reviewed: dict[str, str]) -> str:
    if first_said(fact.text, grounds.banned) is not None:
        return "forbidden by must_not_say"
    if fact.text.casefold() in reviewed:
        return f"review: {reviewed[fact.text.casefold()]}"
    if grounds.scenario is Scenario.ecommerce and superlatives(fact.text):
        return "superlative"
    return ""


def _reviewed(brief: Brief, review: BriefReview) -> dict[str, str]:
    """Texts of selling points and claims that the review has doubts about, with the code of the finding."""
    found = {}
    for kind, texts in (("selling_points", brief.product.selling_points), ("claims", brief.product.claims)):
        for index, text in enumerate(texts):
            pointer = f"/product/{kind}/{index}"
            codes = [finding.code for finding in review.findings if finding.field == pointer and finding.decision is not Decision.allow]
            if codes:
                found[fact_text(text).casefold()] = codes[0]
    return found
