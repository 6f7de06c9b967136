"""Square blocks, as of an old game; or to hide what should not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.texture import Mosaic
from services.composition.moment import Moment

TITLE = "Pixelate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    block_px: Annotated[float, Interval(ge=0, le=200), Unit("px")] = 28.0
    """Side of a block, at a short side of 1080, rounded to even pixels; below 3 the picture is left alone."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    block = round(params.block_px * moment.unit / 2) * 2
    return () if params.block_px < 3 else (Mosaic(max(2, block)),)
