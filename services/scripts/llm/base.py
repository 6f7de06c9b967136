"""The port to a language model: text in pieces for messages under a JSON schema.

What goes wrong has a code: `llm.unreachable`, `llm.busy`, `llm.timeout` and `llm.refused` say that asking again is no use now;
`llm.interrupted`, `llm.truncated` and `llm.garbage` that another attempt may do.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

WORTH_ANOTHER = frozenset({"llm.interrupted", "llm.truncated", "llm.garbage"})
"""Codes of failures that another seed may cure."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["system", "user", "assistant"]
    content: str


class ChatModel(Protocol):
    @property
    def identity(self) -> str:
        """`<model>@<server>`, for the record."""
        ...

    def stream(
        self, messages: Sequence[Message], *, schema: dict[str, Any], seed: int, max_tokens: int, deadline_s: float
    ) -> Generator[str, None, None]:
        """Pieces of the answer as they come. Closing the generator ends the request at the server.

        The whole takes `deadline_s` at most. Raises Unavailable and Defect with the codes above; a stream that ends without an error
        is complete.
        """
        ...
