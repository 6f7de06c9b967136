"""Verdicts on the brief and on each scene, before anything is made from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from libs.common.media.brief import Brief
from libs.common.media.review import BriefReview, SceneReview
from libs.common.media.storyboard import Scene
from libs.common.runtime.context import StepContext
from services.moderation.text import Policy, worst

NOT_SAID = ("/product/must_not_say",)
"""Fields that list what must not appear: a forbidden word is at home there."""
NOT_TEXT = ("/product/images", "/product/brand/logo", "/presets", "/library", "/voice")


def review_brief(brief: Brief, *, policy: Policy, context: StepContext) -> BriefReview:
    """Every text of the brief, with its JSON pointer."""
    findings = tuple(
        finding for pointer, text in texts_of(brief) for finding in policy.findings(text, scenario=brief.scenario, field=pointer)
    )
    return BriefReview(decision=worst(findings), findings=findings, policy_version=policy.version)


def review_scene(brief: Brief, scene: Scene, *, policy: Policy, context: StepContext) -> SceneReview:
    """What is said and what is shown as text."""
    spoken = (("/narration", scene.narration), ("/on_screen_text", scene.on_screen_text))
    findings = tuple(finding for pointer, text in spoken for finding in policy.findings(text, scenario=brief.scenario, field=pointer))
    return SceneReview(scene=scene.index, decision=worst(findings), findings=findings, policy_version=policy.version)


def texts_of(value: object, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Every free text inside, with its JSON pointer. Enumerations are no free text."""
    if pointer in NOT_SAID or pointer in NOT_TEXT:
        return
    if type(value) is str:
        yield pointer, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts_of(item, f"{pointer}/{index}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name), f"{pointer}/{field.name}")
