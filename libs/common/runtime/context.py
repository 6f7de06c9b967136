"""What a step's work function may tell while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol


class StepContext(Protocol):
    """Given to every work function as `context`."""

    @property
    def job_id(self) -> str: ...

    @property
    def tenant(self) -> str: ...

    @property
    def key(self) -> str: ...

    def progress(self, done: float) -> None:
        """0 to 1. Call it between frames or items: raises Cancelled or LeaseLost when the work should stop."""
        ...

    def emit(self, document: object, key: str) -> None:
        """Hand out one document before the step ends, see `Stage.emits`."""
        ...

    def note(self, **figures: Any) -> None:
        """Figures for the step's record, JSON values only."""
        ...


Work = Callable[..., Any]
"""`work(*inputs, context=context) -> document`: one argument for each entry of the stage's `reads`; a fan-in is a tuple, a missing
`Previous` is None."""


def _unsalted() -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBinding:
    """A stage's work function with its adapters in place."""

    work: Work
    salt: Callable[[], str] = _unsalted
    """What else decides the result besides the inputs (the library's revision, the model's name): part of the key under which an
    earlier result is found again."""


@dataclass(slots=True)
class RecordingContext:
    """A context without a job: for tests, benches and tools. Keeps what it was told."""

    job_id: str = "job_test"
    tenant: str = "default"
    key: str = ""
    emitted: list[tuple[str, object]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    done: float = 0.0

    def progress(self, done: float) -> None:
        self.done = done

    def emit(self, document: object, key: str) -> None:
        self.emitted.append((key, document))

    def note(self, **figures: Any) -> None:
        self.figures.update(figures)
