"""Effects: one file each, found by itself. An effect turns a Look into another one; the executors draw the result in one pass.

A file has `TITLE`, a frozen dataclass `Params` whose fields are documented, and `apply(look, params) -> Look`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Effect
from services.composition.plugins import Plugin, discover
from services.composition.recipe import Curve, Look


def look_of(effects: tuple[Effect, ...]) -> Look:
    """The effects one after the other. Raises InvalidInput for a name or parameter that the catalogue does not have."""
    look = Look()
    for number, effect in enumerate(effects):
        plugin = CATALOGUE.get(effect.name)
        if plugin is None:
            known = ", ".join(CATALOGUE)
            raise InvalidInput(
                f"unknown effect {effect.name!r}; there are: {known}", code="cut.unknown_effect", field=f"/effects/{number}/name"
            )
        look = plugin.module.apply(look, _params(plugin, effect, number))
    return look


def _params(plugin: Plugin, effect: Effect, number: int) -> Any:
    known = {field.name for field in fields(plugin.module.Params)}
    for name in effect.params:
        if name not in known:
            raise InvalidInput(
                f"effect {effect.name!r} has no parameter {name!r}", code="cut.unknown_param", field=f"/effects/{number}/params/{name}"
            )
    return plugin.module.Params(**effect.params)


def bent(curve: Curve, by: Callable[[float], float], *, low: float = 16, high: float = 240) -> Curve:
    """The curve with `by` applied to what comes out of it, kept inside the limited range."""
    return tuple(min(high, max(low, by(level))) for level in curve)


CATALOGUE: dict[str, Plugin] = discover(__name__, __path__)
"""By name."""
