"""Through a colour: the old picture sinks into it, then the new one comes up out of it."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.timeline import Canvas
from services.composition.palette import ColourName
from services.composition.transitions import Placement, ease

TITLE = "Dip to colour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    colour: ColourName = "#000000"
    """What it goes through: `#RRGGBB`, `primary`, `secondary`, `white` or `ink`."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    if progress < 0.5:
        return Placement(colour=params.colour, tint=ease(2 * progress)), Placement(mix=0.0)
    return Placement(mix=0.0), Placement(colour=params.colour, tint=1 - ease(2 * progress - 1))
