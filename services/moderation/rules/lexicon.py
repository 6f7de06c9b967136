"""Words that no video of ours says: violence, adult content, gambling, drugs, weapons, hate, fraud, cures. One file a list in
`data/lexicon`, found by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from libs.common.media.brief import Scenario
from services.moderation.hit import Hit
from services.moderation.phrases import PhraseList
from services.moderation.rules import Audience
from services.moderation.views import Views

FOLDER = Path(__file__).parent / "data" / "lexicon"
READ_BY = frozenset({Audience.viewer, Audience.search})


def find(views: Views, scenario: Scenario) -> Iterator[Hit]:
    for phrases in _lists():
        yield from phrases.find(views, scenario)


@cache
def _lists() -> tuple[PhraseList, ...]:
    return tuple(PhraseList.read(path) for path in sorted(FOLDER.glob("*.yaml")))
