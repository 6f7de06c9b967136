"""The internal HTTP face: a verdict on a text, for people who want to know before they send a brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from annotated_types import Len
from fastapi import FastAPI

from libs.common.media.brief import STRICT, Scenario
from libs.common.media.review import BriefReview
from libs.common.runtime.http import create_service_app
from services.moderation.settings import ModerationSettings
from services.moderation.text import Policy, worst


@dataclass(frozen=True, slots=True, kw_only=True)
class TextToReview:
    __pydantic_config__: ClassVar = STRICT

    text: Annotated[str, Len(1, 20_000)]
    scenario: Scenario = Scenario.ecommerce


def create_app(settings: ModerationSettings) -> FastAPI:
    policy = Policy(settings.lists)
    app = create_service_app(title="moderation", token=settings.token.get_secret_value() if settings.token else None)

    @app.post("/v1/moderation/text", operation_id="reviewText")
    def review_text(asked: TextToReview) -> BriefReview:
        """The verdict on one text, with the place of every finding."""
        findings = policy.findings(asked.text, scenario=asked.scenario, field="/text")
        return BriefReview(decision=worst(findings), findings=findings, policy_version=policy.version)

    return app
