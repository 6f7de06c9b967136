"""Runs the hard checks: over one scene as it comes in, and over the whole script at its end."""

from __future__ import annotations

from collections.abc import Callable

from libs.common.media.storyboard import Check
from services.scripts.checks import (
    budget,
    citations,
    complete,
    coverage,
    language,
    must_not_say,
    must_say,
    numbers,
    order,
    realisation,
    repetition,
    superlative,
    support,
    title,
    topic,
)
from services.scripts.checks.draft import Draft

SCENE_CHECKS: dict[str, Callable[[Draft, int], str]] = {
    "order": order.scene,
    "complete": complete.scene,
    "citations": citations.scene,
    "numbers": numbers.scene,
    "superlative": superlative.scene,
    "repetition": repetition.scene,
    "realisation": realisation.scene,
    "language": language.scene,
    "support": support.scene,
    "topic": topic.scene,
    "must_say": must_say.scene,
    "must_not_say": must_not_say.scene,
    "title": title.scene,
    "budget": budget.scene,
}
SCRIPT_CHECKS: dict[str, Callable[[Draft], str]] = {
    "order": order.script,
    "numbers": numbers.script,
    "coverage": coverage.script,
    "must_say": must_say.script,
    "length": budget.script,
}


def check_scene(draft: Draft, index: int) -> tuple[Check, ...]:
    """The checks of scene `index`, given those before it."""
    return tuple(_result(f"scene.{name}", run(draft, index), index) for name, run in SCENE_CHECKS.items())


def check_script(draft: Draft) -> tuple[Check, ...]:
    """All checks: those of every scene, summed up in one each with the first failure, then those of the whole."""
    whole = tuple(_result(f"script.{name}", run(draft), None) for name, run in SCRIPT_CHECKS.items())
    if len(draft.scenes) != len(draft.plan.slots):
        return whole
    results = []
    for name, run in SCENE_CHECKS.items():
        found = ((index, run(draft, index)) for index in range(len(draft.scenes)))
        index, detail = next(((index, detail) for index, detail in found if detail), (None, ""))
        results.append(_result(f"scene.{name}", detail, index))
    return (*results, *whole)


def failures(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    return tuple(check for check in checks if not check.passed)


def _result(code: str, detail: str, scene: int | None) -> Check:
    return Check(code=code, passed=not detail, detail=detail, scene=scene)
