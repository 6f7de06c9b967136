"""Words that no video of ours says: violence, adult content, gambling, drugs, weapons, hate."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from libs.common.media.brief import Scenario
from services.moderation.hit import Hit
from services.moderation.phrases import PhraseList
from services.moderation.views import Views

DATA = Path(__file__).parent / "data" / "lexicon.yaml"
NEWS_MAY_SAY = frozenset({"lexicon.violence", "lexicon.weapons", "lexicon.drugs", "lexicon.gambling"})
"""A news desk reports on these; only the other lists hold there."""


def find(views: Views, scenario: Scenario) -> Iterator[Hit]:
    for hit in _list().find(views):
        if not (scenario is Scenario.news and hit.code in NEWS_MAY_SAY):
            yield hit


@cache
def _list() -> PhraseList:
    return PhraseList.read(DATA)
