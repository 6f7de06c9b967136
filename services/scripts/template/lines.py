"""The stock of lines: data files by language and scenario, and the slots that a brief fills."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from libs.common.media.brief import Language, Scenario, Tone

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Stock:
    """The lines of one language and scenario."""

    roles: Mapping[str, Mapping[str, tuple[str, ...]]]
    more: tuple[str, ...]
    """Lines that say nothing of the subject, in an order that reads well: they fill what facts leave."""

    def lines(self, role: str, tone: Tone) -> tuple[str, ...]:
        """Those of the tone and those that suit every tone; none where the role has no lines."""
        pools = self.roles.get(role, {})
        return pools.get(tone.value, ()) + pools.get("any", ())


@cache
def stock(language: Language, scenario: Scenario) -> Stock:
    raw = read(f"lines/{language.value}/{scenario.value}.yaml")
    more = tuple(raw.pop("more"))
    return Stock(roles={role: {tone: tuple(lines) for tone, lines in pools.items()} for role, pools in raw.items()}, more=more)


def read(path: str) -> dict[str, Any]:
    """A YAML file of this package."""
    loaded = yaml.safe_load(files(__package__).joinpath(path).read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def fill(line: str, slots: Mapping[str, str]) -> str | None:
    """The line with its slots filled; None where the brief has nothing for one of them."""
    if any(not slots.get(name) for name in _SLOT.findall(line)):
        return None
    return _SLOT.sub(lambda match: slots[match[1]], line)


def literals(line: str) -> list[str]:
    """The line's own words around its slots."""
    return [part for part in _SLOT.split(line)[::2] if part]
