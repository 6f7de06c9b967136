"""Square fields turn over to the new picture one after the other, round the rim and inwards, or from the middle outwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.patterns import Spiral
from services.composition.filters.reveal import Reveal
from services.composition.transitions import Placement, ease

TITLE = "Spiral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    way: Literal["inwards", "outwards"] = "inwards"
    """Where the fields run to."""
    across: Annotated[int, Interval(ge=2, le=20)] = 5
    """Fields along the short side."""
    softness: Annotated[float, Interval(ge=0, le=1)] = 0.12
    """How many fields turn at once, as a share of all; 0 is one by one."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    return Placement(), Placement(
        filters=(Reveal(Spiral(params.across), ease(progress), params.softness, backwards=params.way == "outwards"),)
    )
