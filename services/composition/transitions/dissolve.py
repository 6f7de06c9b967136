"""The new picture comes through in spots: fine as dust or large as clouds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.patterns import Grain
from services.composition.filters.reveal import Reveal
from services.composition.transitions import Placement, ease

TITLE = "Dissolve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    across: Annotated[int, Interval(ge=3, le=200)] = 9
    """Spots along the short side: few are clouds, many are dust."""
    softness: Annotated[float, Interval(ge=0, le=1)] = 0.5
    """How softly each spot comes, as a share of the whole; 0 is sharp."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    return Placement(), Placement(filters=(Reveal(Grain(params.across), ease(progress), params.softness),))
