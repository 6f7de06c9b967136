"""The script as scenes, and the facts that back it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from libs.common.media.brief import Language, Scenario


class SceneRole(StrEnum):
    """What a scene does. The order is fixed for each scenario, see `ROLES`."""

    hook = "hook"
    pain = "pain"
    benefit = "benefit"
    proof = "proof"
    offer = "offer"
    cta = "cta"
    what = "what"
    detail = "detail"
    impact = "impact"
    concept = "concept"
    step = "step"
    example = "example"


ROLES: dict[Scenario, tuple[SceneRole, ...]] = {
    Scenario.ecommerce: (
        SceneRole.hook,
        SceneRole.pain,
        SceneRole.benefit,
        SceneRole.proof,
        SceneRole.offer,
        SceneRole.cta,
    ),
    Scenario.news: (SceneRole.hook, SceneRole.what, SceneRole.detail, SceneRole.impact, SceneRole.cta),
    Scenario.education: (SceneRole.hook, SceneRole.concept, SceneRole.step, SceneRole.example, SceneRole.cta),
}
"""Order of the roles of a scenario; `benefit`, `detail` and `step` may repeat, others may be left out."""


class Mood(StrEnum):
    bright = "bright"
    calm = "calm"
    tense = "tense"
    warm = "warm"
    neutral = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One numbered statement of the brief; scenes cite it."""

    id: str
    """`f1`, `f2` … in order of the brief."""
    kind: str
    """`name`, `point`, `claim`, `price`, `was`, `must_say`, `brand`."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One thought of the video: spoken once, shown with one or two clips."""

    index: int
    """From 0."""
    role: SceneRole
    language: Language
    narration: str
    """What is said, as it is written (numbers in digits, currency signs)."""
    on_screen_text: str = ""
    """A short title on the picture; empty for none."""
    visual_query: str
    """What should be seen, in the language of the brief."""
    keywords: tuple[str, ...] = ()
    """One to five words for the search."""
    target_s: Fraction
    """Time budget; the voice fits it by rate, the utterance decides."""
    fact_ids: tuple[str, ...] = ()
    """Facts that back the narration."""
    mood: Mood = Mood.neutral
    transition: str = "crossfade"
    """How the scene comes in; a name of the transition catalogue or `cut`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One hard check of the script."""

    code: str
    passed: bool
    detail: str = ""
    scene: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyboard:
    """The whole script. Written when the last scene is out."""

    title: str
    language: Language
    scenario: Scenario
    scenes: tuple[Scene, ...]
    facts: tuple[Fact, ...]
    generator: str
    """Who wrote it: `template/1`, or `<model>@<server>`."""
    degraded: bool = False
    """True where a model was asked for and the template had to answer; `degraded_reason` says why."""
    degraded_reason: str = ""
    checks: tuple[Check, ...] = ()
