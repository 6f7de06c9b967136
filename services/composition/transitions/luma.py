"""The new picture comes through by its brightness: its light parts first, or its dark ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.filters.reveal import RevealByLuma
from services.composition.transitions import Placement, ease

TITLE = "Luma fade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    first: Literal["bright", "dark"] = "bright"
    """What comes first."""
    softness: Annotated[float, Interval(ge=0.05, le=1)] = 0.4
    """How softly each part comes, as a share of all brightnesses."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    return Placement(), Placement(filters=(RevealByLuma(ease(progress), params.softness, params.first == "dark"),))
