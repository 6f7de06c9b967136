"""How far a job is: each stage has a share of the whole, spread over the stage's steps."""

from __future__ import annotations

from collections.abc import Iterable

from libs.common.pipeline import PIPELINE, STAGES, Scope, Stage

SHARES = {
    "moderation.review_brief": 1,
    "assets.choose_music": 0.5,
    "scripts.write": 8,
    "moderation.review_scene": 1,
    "voice.narrate": 10,
    "assets.select": 5.5,
    "composition.cut": 1.5,
    "composition.render": 40,
    "composition.spot": 0.5,
    "composition.mix": 4,
    "encoding.assemble": 4,
    "moderation.review_video": 4,
    "encoding.encode": 15,
    "encoding.publish": 5,
    "moderation.review_edit": 1,
    "assets.resolve": 2,
    "composition.arrange": 2,
    "composition.lay_sound": 1,
    "composition.mix_edit": 4,
    "encoding.assemble_edit": 4,
    "moderation.review_edited": 4,
    "encoding.encode_edit": 15,
    "encoding.publish_edit": 5,
}
"""By the time that the stages take; only the proportions count."""

EXPECTED_SCENES = 6
"""Taken for granted until the script is whole, so that the first scenes do not look like all of the work."""


def progress_of(steps: Iterable[tuple[str, float]], *, scenes: int | None, pipeline: tuple[Stage, ...] = PIPELINE) -> float:
    """0 to 1. `steps` is the stage and the progress, 0 to 1, of every step there is of a job of `pipeline`."""
    done: dict[str, list[float]] = {}
    for stage, progress in steps:
        done.setdefault(stage, []).append(progress)
    total = sum(SHARES[stage] * sum(found) / _expected(stage, len(found), scenes) for stage, found in done.items())
    return min(1.0, total / sum(SHARES[stage.name] for stage in pipeline))


def _expected(stage: str, found: int, scenes: int | None) -> int:
    if STAGES[stage].scope is not Scope.scene:
        return found
    return max(found, EXPECTED_SCENES if scenes is None else scenes)
