"""Output presets: one file a preset, found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from libs.common.media.brief import Aspect
from libs.common.media.edit import MASTER, Timeline
from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Canvas, SmallerSize

_RATIO = {
    Aspect.portrait: Fraction(16, 9),
    Aspect.square: Fraction(1),
    Aspect.landscape: Fraction(16, 9),
    Aspect.tall: Fraction(5, 4),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputPreset:
    """A size and quality that a video can be had in."""

    name: str
    title: str
    short_side_px: int
    rate: Fraction = Fraction(30)
    encoder: str = "fast"
    """A name of the catalogue in `libs.common.media.encoders`."""

    def canvas(self, aspect: Aspect) -> Canvas:
        """Both sides even, because 4:2:0 needs it."""
        short = self.short_side_px
        long = round(short * _RATIO[aspect] / 2) * 2
        wide = aspect is Aspect.landscape
        return Canvas(width_px=long if wide else short, height_px=short if wide else long, rate=self.rate)


def _catalogue() -> dict[str, OutputPreset]:
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    presets: list[OutputPreset] = [module.PRESET for module in modules]
    return {preset.name: preset for preset in sorted(presets, key=lambda p: -p.short_side_px)}


def preset(name: str) -> OutputPreset:
    """Raises InvalidInput for a name that the catalogue does not have."""
    try:
        return PRESETS[name]
    except KeyError:
        known = ", ".join(PRESETS)
        raise InvalidInput(f"unknown preset {name!r}; there are: {known}", code="brief.unknown_preset", field="/presets") from None


def master_preset(names: tuple[str, ...]) -> OutputPreset:
    """The largest of the presets asked for: the composition is made in its size."""
    return max((preset(name) for name in names), key=lambda p: p.short_side_px)


def composition_canvas(timeline: Timeline) -> Canvas:
    """What an edit is made in: its own size, or that of its largest preset. Raises InvalidInput for an unknown preset."""
    if timeline.size is not None:
        return Canvas(width_px=timeline.size.width_px, height_px=timeline.size.height_px, rate=timeline.rate)
    named = tuple(name for name in timeline.renditions if name != MASTER)
    canvas = master_preset(named or (next(iter(PRESETS)),)).canvas(timeline.aspect)
    return replace(canvas, rate=timeline.rate)


def rendition_canvas(name: str, master: Canvas) -> Canvas:
    """A preset's size in the shape and rate of a master. Raises InvalidInput for an unknown preset, or one that is larger."""
    if name == MASTER:
        return master
    short, long = sorted((master.width_px, master.height_px))
    wanted = preset(name).short_side_px
    if wanted > short:
        raise InvalidInput(f"{name} is larger than the composition", code="edit.preset_larger", field="/presets")
    sides = wanted, round(wanted * Fraction(long, short) / 2) * 2
    width, height = sides if master.width_px == short else sides[::-1]
    return replace(master, width_px=width, height_px=height)


def smaller_sizes(sizes: Mapping[str, Canvas], master: Canvas) -> tuple[SmallerSize, ...]:
    """Those of `sizes`, by preset, that can be made from a master's frames, largest first: smaller ones of the same rate. In the master's
    own size the master is the rendition."""
    found = (SmallerSize(preset=name, canvas=canvas) for name, canvas in sizes.items() if _shrinks(master, canvas))
    return tuple(sorted(found, key=lambda size: (-size.canvas.width_px * size.canvas.height_px, size.preset)))


def _shrinks(master: Canvas, canvas: Canvas) -> bool:
    fits = canvas.width_px <= master.width_px and canvas.height_px <= master.height_px
    return fits and canvas != master and canvas.rate == master.rate


PRESETS = _catalogue()
"""By name, largest first."""
