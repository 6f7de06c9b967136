"""Word lists as text files: what is a list of words is data, not code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def entries(name: str) -> tuple[str, ...]:
    """The lines of a list; empty ones and those that begin with `# ` are left out."""
    lines = files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("# "))


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of a list with many words a line."""
    return frozenset(word for line in entries(name) for word in line.split())
