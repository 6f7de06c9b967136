"""Verdicts on the brief, on each scene and on an edit, before anything is made from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from libs.common.media.brief import Brief, Scenario
from libs.common.media.edit import Timeline
from libs.common.media.review import BriefReview, EditReview, Finding, SceneReview
from libs.common.media.storyboard import Scene
from libs.common.runtime.context import StepContext
from services.moderation.rules import Audience
from services.moderation.text import Policy, worst

Passage = tuple[str, str, Audience]
"""JSON pointer, text, and who gets to read it."""


def review_brief(brief: Brief, *, policy: Policy, context: StepContext) -> BriefReview:
    """Every free text of the brief, with its JSON pointer."""
    findings = _findings(texts_of_brief(brief), brief.scenario, policy)
    context.note(findings=len(findings))
    return BriefReview(decision=worst(findings), findings=findings, policy_version=policy.version)


def review_scene(brief: Brief, scene: Scene, *, policy: Policy, context: StepContext) -> SceneReview:
    """What is said, what is shown as text, and what is searched for."""
    findings = _findings(texts_of_scene(scene), brief.scenario, policy)
    context.note(findings=len(findings))
    return SceneReview(scene=scene.index, decision=worst(findings), findings=findings, policy_version=policy.version)


def review_edit(timeline: Timeline, *, policy: Policy, context: StepContext) -> EditReview:
    """Every text that is drawn or named. What is said in its sounds is not transcribed."""
    findings = _findings(texts_of_edit(timeline), timeline.scenario, policy)
    context.note(findings=len(findings))
    return EditReview(decision=worst(findings), findings=findings, policy_version=policy.version)


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


def texts_of_edit(timeline: Timeline) -> Iterator[Passage]:
    """A caption in words is one text: a rule must not be outwitted by where its words are parted."""
    viewer = Audience.viewer
    yield "/title", timeline.title, viewer
    for track, clips in enumerate(timeline.tracks):
        for number, clip in enumerate(clips.clips):
            if (card := clip.media.card) is not None:
                yield f"/tracks/{track}/clips/{number}/media/card/text", card.text, viewer
                yield f"/tracks/{track}/clips/{number}/media/card/subtext", card.subtext, viewer
                yield from _params(card.params, f"/tracks/{track}/clips/{number}/media/card/params")
    for number, phrase in enumerate(timeline.captions.phrases if timeline.captions is not None else ()):
        yield f"/captions/phrases/{number}", phrase.text + "".join(word.text for word in phrase.words), viewer
    for number, drawn in enumerate(timeline.overlays):
        yield f"/overlays/{number}/text", drawn.text, viewer
        yield f"/overlays/{number}/subtext", drawn.subtext, viewer
        yield from _params(drawn.params, f"/overlays/{number}/params")


def _params(params: Mapping[str, float | str], field: str) -> Iterator[Passage]:
    """Some are drawn: the brand and the price of an end card."""
    yield from ((f"{field}/{name}", value, Audience.viewer) for name, value in params.items() if isinstance(value, str))


def _findings(passages: Iterator[Passage], scenario: Scenario, policy: Policy) -> tuple[Finding, ...]:
    return tuple(
        finding
        for pointer, text, audience in passages
        for finding in policy.findings(text, scenario=scenario, field=pointer, audience=audience)
    )
