"""Moderation verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """In order of severity; a review takes the most severe of its findings."""

    allow = "allow"
    review = "review"
    block = "block"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    code: str
    """Stable: `ad_law.superlative`, `pii.phone`, `lexicon.violence` …"""
    decision: Decision
    source: str
    """`rule`, `model` or `human`."""
    detail: str
    """For people; never repeats personal data."""
    field: str = ""
    """JSON pointer into the document."""
    start: int = 0
    """First character of the hit in the original text."""
    end: int = 0
    """One past the last."""
    at_ms: int | None = None
    """Time in the video, for findings in pictures and sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefReview:
    decision: Decision
    findings: tuple[Finding, ...]
    policy_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditReview:
    decision: Decision
    findings: tuple[Finding, ...]
    policy_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneReview:
    scene: int
    decision: Decision
    findings: tuple[Finding, ...]
    policy_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoReview:
    decision: Decision
    findings: tuple[Finding, ...]
    policy_version: str
