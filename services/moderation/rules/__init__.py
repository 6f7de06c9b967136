"""Text rules: one file a rule, found by itself.

A rule module has `find(views, scenario) -> Iterator[Hit]`, and `READ_BY` where it does not hold for all readers.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from libs.common.media.brief import Scenario
from services.moderation.hit import Hit
from services.moderation.views import Views


class Audience(StrEnum):
    """Who gets to read a text."""

    viewer = "viewer"
    """It is spoken or shown."""
    search = "search"
    """The clip library alone."""
    writer = "writer"
    """The language model alone: words to keep out of the video are at home there."""


@dataclass(frozen=True, slots=True)
class Rule:
    find: Callable[[Views, Scenario], Iterator[Hit]]
    read_by: frozenset[Audience]


def _found() -> dict[str, Rule]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: Rule(module.find, getattr(module, "READ_BY", frozenset(Audience))) for name, module in modules.items()}


def policy_version() -> str:
    """Twelve characters that change with every rule and every list: a verdict says under which policy it was reached."""
    folder = Path(__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".yaml"})
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


RULES: dict[str, Rule] = _found()
"""By name of the file."""
