"""All rules over one text, and the operator's own lists."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from libs.common.media.brief import Scenario
from libs.common.media.review import Decision, Finding
from services.moderation.phrases import SEVERITY, PhraseList
from services.moderation.rules import RULES, Audience, policy_version
from services.moderation.views import views_of


class Policy:
    """The house's rules and the operator's lists. `version` changes with either."""

    def __init__(self, lists: Path | None = None) -> None:
        files = sorted(lists.glob("*.yaml")) if lists is not None else []
        self._own = [PhraseList.read(path) for path in files]
        own = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8] if files else ""
        self.version = "-".join(filter(None, (policy_version(), own)))

    def findings(self, text: str, *, scenario: Scenario, field: str, audience: Audience = Audience.viewer) -> tuple[Finding, ...]:
        """In the order of the text; offsets count characters of `text` as it came."""
        views = views_of(text)
        hits = {hit for rule in RULES.values() if audience in rule.read_by for hit in rule.find(views, scenario)}
        if audience is not Audience.writer:
            hits |= {hit for own in self._own for hit in own.find(views, scenario)}
        return tuple(
            Finding(code=hit.code, decision=hit.decision, source="rule", detail=hit.detail, field=field, start=hit.start, end=hit.end)
            for hit in sorted(hits, key=lambda hit: (hit.start, hit.end, hit.code, hit.decision))
        )


def worst(findings: Iterable[Finding]) -> Decision:
    """The most severe decision; `allow` where nothing was found."""
    return max((finding.decision for finding in findings), key=SEVERITY.__getitem__, default=Decision.allow)
