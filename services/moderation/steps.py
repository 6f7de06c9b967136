"""Composition root of the moderation steps."""

from __future__ import annotations

from functools import partial

from libs.common.blobs.base import BlobStore
from libs.common.runtime.context import StepBinding
from services.moderation.review import review_brief, review_edit, review_scene
from services.moderation.review_video import VERSION, review_edited, review_video
from services.moderation.settings import ModerationSettings
from services.moderation.text import Policy


def build_steps(settings: ModerationSettings, *, blobs: BlobStore) -> dict[str, StepBinding]:
    """Stage name to binding. A new policy makes old verdicts void."""
    policy = Policy(settings.lists)
    return {
        "moderation.review_brief": StepBinding(work=partial(review_brief, policy=policy), salt=lambda: policy.version),
        "moderation.review_scene": StepBinding(work=partial(review_scene, policy=policy), salt=lambda: policy.version),
        "moderation.review_video": StepBinding(work=partial(review_video, blobs=blobs), salt=lambda: VERSION),
        "moderation.review_edit": StepBinding(work=partial(review_edit, policy=policy), salt=lambda: policy.version),
        "moderation.review_edited": StepBinding(work=partial(review_edited, blobs=blobs), salt=lambda: VERSION),
    }
