"""Text rules: one file a rule, found by itself. A rule module has `find(views, scenario) -> Iterator[Hit]`."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

from libs.common.media.brief import Scenario
from services.moderation.hit import Hit
from services.moderation.views import Views

Rule = Callable[[Views, Scenario], Iterator[Hit]]


def _found() -> dict[str, Rule]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").find for name in names}


RULES: dict[str, Rule] = _found()
"""By name of the file."""


def policy_version() -> str:
    """Twelve characters that change with every rule and every list: a verdict says under which policy it was reached."""
    folder = Path(__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".yaml"})
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
