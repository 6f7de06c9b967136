"""Absolute terms in advertising (Advertising Law of the PRC, Art. 9(3), and like rules elsewhere): e-commerce alone, as the list says. In
the news 世界第一 is a fact."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from libs.common.media.brief import Scenario
from services.moderation.hit import Hit
from services.moderation.phrases import PhraseList
from services.moderation.rules import Audience
from services.moderation.views import Views

DATA = Path(__file__).parent / "data" / "ad_law.yaml"
READ_BY = frozenset({Audience.viewer})


def find(views: Views, scenario: Scenario) -> Iterator[Hit]:
    yield from _list().find(views, scenario)


@cache
def _list() -> PhraseList:
    return PhraseList.read(DATA)
