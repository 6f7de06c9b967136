"""The new picture grows out of the middle of the old one, which goes dim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas
from services.composition.transitions import Placement, glide

TITLE = "Grow"

LEAST = 0.02
"""A picture smaller than this cannot be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    dim: Annotated[float, Interval(ge=0, le=1)] = 0.5
    """How dark the old picture gets, 0..1."""


def place(progress: float, params: Params, canvas: Canvas) -> tuple[Placement, Placement]:
    at = glide(progress)
    return Placement(tint=params.dim * at), Placement(zoom=max(LEAST, at), mix=min(1.0, 5 * progress))
