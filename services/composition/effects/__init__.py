"""Effects: one file each, found by itself. An effect says what it changes; the executors draw all of it in as few passes as there can be.

A file has `TITLE`, a frozen dataclass `Params` whose fields have bounds, units and documentation, and at least one of

- `look(look, params, moment) -> Look`: tone, colour and vignette, fused into the drawing itself, almost free;
- `camera(params, moment) -> Camera`: where the camera looks, fused too;
- `filters(params, moment) -> tuple[Filter, ...]`: whatever needs the drawn pixels. No filters at all where the effect does nothing at
  this moment, so that the fast path is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Effect
from services.composition.filters.base import Filter
from services.composition.moment import Moment
from services.composition.plugins import Plugin, discover, params_of
from services.composition.recipe import Look

PLAIN = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A move on top of the clip's own."""

    zoom: float = 1.0
    """Factor, at least 1."""
    shift_x: float = 0.0
    """Of what is seen, as a share of its width; kept inside the source."""
    shift_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Stack:
    """The effects of a clip, checked and with their parameters in place."""

    parts: tuple[tuple[Plugin, Any], ...]

    def look(self, moment: Moment, look: Look = PLAIN) -> Look:
        """On top of another look."""
        for plugin, params in self.parts:
            if hasattr(plugin.module, "look"):
                look = plugin.module.look(look, params, moment)
        return look

    def cameras(self, moment: Moment) -> tuple[Camera, ...]:
        return tuple(plugin.module.camera(params, moment) for plugin, params in self.parts if hasattr(plugin.module, "camera"))

    def filters(self, moment: Moment) -> tuple[Filter, ...]:
        found = (plugin.module.filters(params, moment) for plugin, params in self.parts if hasattr(plugin.module, "filters"))
        return tuple(filter_ for filters in found for filter_ in filters)


def stack_of(effects: tuple[Effect, ...], *, field: str = "/effects") -> Stack:
    """Raises InvalidInput for a name or parameter that the catalogue does not have; `field` is a JSON pointer to the list."""
    return Stack(tuple(_checked(effect, f"{field}/{number}") for number, effect in enumerate(effects)))


def _checked(effect: Effect, field: str) -> tuple[Plugin, Any]:
    plugin = CATALOGUE.get(effect.name)
    if plugin is None:
        known = ", ".join(CATALOGUE)
        raise InvalidInput(f"unknown effect {effect.name!r}; there are: {known}", code="edit.unknown_effect", field=f"{field}/name")
    return plugin, params_of(plugin, effect.params, field=f"{field}/params")


CATALOGUE: dict[str, Plugin] = discover(__name__, __path__)
"""By name."""
