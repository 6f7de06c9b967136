"""A regular expression as a type annotation: the domain knows no framework, the edge translates it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matches:
    """`regex` as JSON Schema's `pattern` understands it."""

    regex: str

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> object:
        """pydantic calls this by name; the import stays out of the domain until it does."""
        schema = handler(source)  # type: ignore[operator]
        return {**schema, "pattern": self.regex}
