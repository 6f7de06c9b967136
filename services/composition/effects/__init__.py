"""Effects: one file each, found by itself. An effect says what it changes; the executors draw all of it in as few passes as there can be.

A file has `TITLE`, a frozen dataclass `Params` whose fields have bounds, units and documentation, and at least one of

- `look(look, params, moment) -> Look`: tone, colour and vignette, fused into the drawing itself, almost free;
- `camera(params, moment) -> Camera`: where the camera looks, fused too;
- `filters(params, moment) -> tuple[Filter, ...]`: whatever needs the drawn pixels. No filters at all where the effect does nothing at
  this moment, so that the fast path is kept;

and, where it has to read a file before the first frame, `load(params, read) -> object`: the hooks then get that in place of `Params`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Effect
from services.composition.filters.base import Filter
from services.composition.filters.bend import Rotated
from services.composition.moment import Moment
from services.composition.plugins import Plugin, discover, params_of
from services.composition.recipe import Look

PLAIN = Look()
MOST_OF_ALL = 0.9999
"""Share of a picture that is seen: above, a camera has not come closer by a tenth of a pixel."""
Read = Callable[[str], bytes]
"""From a blob's key to its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A move on top of the clip's own."""

    zoom: float = 1.0
    """Factor, at least 1."""
    shift_x: float = 0.0
    """Of what is seen, as a share of its width; kept inside the source."""
    shift_y: float = 0.0


class _Watched:
    """A moment that knows what it was asked."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.asked.add(name)
        return getattr(self._moment, name)


@dataclass(frozen=True, slots=True)
class Stack:
    """The effects of a clip, checked and with their parameters in place."""

    parts: tuple[tuple[Plugin, Any], ...]
    _steady: dict[Look, Look] = field(default_factory=dict, compare=False, repr=False)
    """Looks that came out without a glance at the moment: they are the same at every other one."""

    def loaded(self, read: Read) -> Stack:
        """With all that its effects read from the store. Raises what reading raises, InvalidInput for a file that is not what it should
        be."""
        return Stack(tuple((p, p.module.load(params, read) if hasattr(p.module, "load") else params) for p, params in self.parts))

    def look(self, moment: Moment, look: Look = PLAIN) -> Look:
        """On top of another look."""
        known = self._steady.get(look)
        if known is not None:
            return known
        watched, made = _Watched(moment), look
        for plugin, params in self.parts:
            if hasattr(plugin.module, "look"):
                made = plugin.module.look(made, params, watched)
        if not watched.asked:
            self._steady[look] = made
        return made

    def asked(self, moments: Iterable[Moment]) -> frozenset[str]:
        """What the effects look at in such moments, by its name in `Moment`. Those that read a file first are none that move."""
        found: set[str] = set()
        for moment in moments:
            watched = _Watched(moment)
            for plugin, params in self.parts:
                if hasattr(plugin.module, "look"):
                    plugin.module.look(PLAIN, params, watched)
                for name in () if hasattr(plugin.module, "load") else ("camera", "filters"):
                    if hasattr(plugin.module, name):
                        getattr(plugin.module, name)(params, watched)
            found |= watched.asked
        return frozenset(found)

    def cameras(self, moment: Moment) -> tuple[Camera, ...]:
        return tuple(plugin.module.camera(params, moment) for plugin, params in self.parts if hasattr(plugin.module, "camera"))

    def reframed(self, moment: Moment) -> tuple[Filter, ...]:
        """Its cameras as a filter, for a picture that is drawn already: the window of all of them together, kept inside."""
        left = top = 0.0
        scale = 1.0
        for camera in self.cameras(moment):
            closer = scale / max(1.0, camera.zoom)
            left += (scale - closer) / 2 + camera.shift_x * closer
            top += (scale - closer) / 2 + camera.shift_y * closer
            scale = closer
        if scale > MOST_OF_ALL:
            return ()
        across, down = (min(max(0.0, first), 1 - scale) + scale / 2 - 0.5 for first in (left, top))
        return (Rotated(0.0, 1 / scale, across * moment.width_px, down * moment.height_px),)

    def filters(self, moment: Moment) -> tuple[Filter, ...]:
        found = (plugin.module.filters(params, moment) for plugin, params in self.parts if hasattr(plugin.module, "filters"))
        return tuple(filter_ for filters in found for filter_ in filters)


def stack_of(effects: tuple[Effect, ...], *, field: str = "/effects") -> Stack:
    """Raises InvalidInput for a name or parameter that the catalogue does not have; `field` is a JSON pointer to the list."""
    return Stack(tuple(_checked(effect, f"{field}/{number}") for number, effect in enumerate(effects)))


def filters_pictures(effect: Effect) -> bool:
    """Whether it works on drawn pixels, which it may make transparent; False for an unknown one."""
    plugin = CATALOGUE.get(effect.name)
    return plugin is not None and hasattr(plugin.module, "filters")


def _checked(effect: Effect, field: str) -> tuple[Plugin, Any]:
    plugin = CATALOGUE.get(effect.name)
    if plugin is None:
        known = ", ".join(CATALOGUE)
        raise InvalidInput(f"unknown effect {effect.name!r}; there are: {known}", code="edit.unknown_effect", field=f"{field}/name")
    return plugin, params_of(plugin, effect.params, field=f"{field}/params")


CATALOGUE: dict[str, Plugin] = discover(__name__, __path__)
"""By name."""
