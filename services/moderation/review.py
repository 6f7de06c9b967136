"""Verdicts on the brief and on each scene, before anything is made from them."""

from __future__ import annotations

from collections.abc import Iterator

from libs.common.media.brief import Brief
from libs.common.media.review import BriefReview, Finding, SceneReview
from libs.common.media.storyboard import Scene
from libs.common.runtime.context import StepContext
from services.moderation.rules import Audience
from services.moderation.text import Policy, worst

Passage = tuple[str, str, Audience]
"""JSON pointer, text, and who gets to read it."""


def review_brief(brief: Brief, *, policy: Policy, context: StepContext) -> BriefReview:
    """Every free text of the brief, with its JSON pointer."""
    findings = _findings(texts_of_brief(brief), brief, policy)
    context.note(findings=len(findings))
    return BriefReview(decision=worst(findings), findings=findings, policy_version=policy.version)


def review_scene(brief: Brief, scene: Scene, *, policy: Policy, context: StepContext) -> SceneReview:
    """What is said, what is shown as text, and what is searched for."""
    findings = _findings(texts_of_scene(scene), brief, policy)
    context.note(findings=len(findings))
    return SceneReview(scene=scene.index, decision=worst(findings), findings=findings, policy_version=policy.version)


def texts_of_brief(brief: Brief) -> Iterator[Passage]:
    product, viewer = brief.product, Audience.viewer
    yield "/product/name", product.name, viewer
    yield "/product/category", product.category or "", Audience.search
    for name in ("selling_points", "claims", "must_say", "must_not_say"):
        audience = Audience.writer if name == "must_not_say" else viewer
        for index, text in enumerate(getattr(product, name)):
            yield f"/product/{name}/{index}", text, audience
    yield "/product/brand/name", (product.brand.name if product.brand else None) or "", viewer
    yield "/audience", brief.audience or "", Audience.search


def texts_of_scene(scene: Scene) -> Iterator[Passage]:
    yield "/narration", scene.narration, Audience.viewer
    yield "/on_screen_text", scene.on_screen_text, Audience.viewer
    yield "/visual_query", scene.visual_query, Audience.search
    for index, word in enumerate(scene.keywords):
        yield f"/keywords/{index}", word, Audience.search


def _findings(passages: Iterator[Passage], brief: Brief, policy: Policy) -> tuple[Finding, ...]:
    return tuple(
        finding
        for pointer, text, audience in passages
        for finding in policy.findings(text, scenario=brief.scenario, field=pointer, audience=audience)
    )
