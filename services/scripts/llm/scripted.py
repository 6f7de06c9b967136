"""A model that answers what it was told to: for tests and demonstrations without a server."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from libs.common.media.errors import DomainError, Unavailable
from services.scripts.llm.base import Message


@dataclass(frozen=True, slots=True)
class Request:
    messages: tuple[Message, ...]
    schema: dict[str, Any]
    seed: int
    max_tokens: int
    deadline_s: float


@dataclass(slots=True)
class ScriptedModel:
    """Gives one answer after the other; an answer that is an error is raised, a pair first gives its text. Keeps what it was asked."""

    answers: list[str | DomainError | tuple[str, DomainError]]
    identity: str = "scripted@memory"
    piece_chars: int = 7
    requests: list[Request] = field(default_factory=list)
    closed_early: int = 0
    """Answers that nobody read to the end."""

    def stream(
        self, messages: Sequence[Message], *, schema: dict[str, Any], seed: int, max_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        self.requests.append(Request(tuple(messages), schema, seed, max_tokens, deadline_s))
        answer = self.answers.pop(0) if self.answers else Unavailable("no more answers", code="llm.unreachable")
        if isinstance(answer, DomainError):
            raise answer
        text, error = answer if isinstance(answer, tuple) else (answer, None)
        try:
            for start in range(0, len(text), self.piece_chars):
                yield text[start : start + self.piece_chars]
        except GeneratorExit:
            self.closed_early += 1
            raise
        if error is not None:
            raise error
