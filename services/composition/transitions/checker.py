"""Every second field opens, then the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.patterns import Checker
from services.composition.filters.reveal import Reveal
from services.composition.transitions import Placement, ease

TITLE = "Chequerboard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    across: Annotated[int, Interval(ge=2, le=20)] = 6
    """Fields along the short side."""
    softness: Annotated[float, Interval(ge=0, le=1)] = 0.08
    """Width of each edge, as a share of its way; 0 is sharp."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    return Placement(), Placement(filters=(Reveal(Checker(params.across), ease(progress), params.softness),))
