"""What a check looks at: the scenes so far, with the outline and the facts that they answer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from libs.common.media.storyboard import Fact, Scene
from services.scripts.facts import Grounds
from services.scripts.plan import Plan


@dataclass(frozen=True, slots=True)
class Draft:
    grounds: Grounds
    plan: Plan
    scenes: Sequence[Scene]

    def cited(self, index: int) -> list[Fact]:
        """The facts that a scene cites; ids that do not exist are left to the citation check."""
        wanted = set(self.scenes[index].fact_ids)
        return [fact for fact in self.grounds.facts if fact.id in wanted]

    @property
    def subject(self) -> str:
        """What any scene may mention: the subject itself and who it is for."""
        g = self.grounds
        return " ".join(part for part in (g.name, g.brand, g.category, g.audience) if part)
