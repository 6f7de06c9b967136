"""Telling workers that there is something to do, and readers that there is something new. Both may be lost: SQL is the truth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from libs.common.jobs.base import StepRef


class Doorbell(Protocol):
    def ring(self, refs: Iterable[StepRef]) -> None:
        """These steps became ready. Never raises: what is not heard is rung again by the reconciler."""
        ...

    def tell(self, job_id: str) -> None:
        """The job has news for its readers."""
        ...


class SilentDoorbell:
    """Nobody listens: for tests and tools that look into the store themselves."""

    def ring(self, refs: Iterable[StepRef]) -> None:
        return

    def tell(self, job_id: str) -> None:
        return
