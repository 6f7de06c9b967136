"""Equal cells: two by two, three by three, or as many as there are clips; a short last row is spread over the whole width."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval

from libs.common.media.timeline import Canvas, Place
from services.composition.layouts import Gap, cells, place_of, spans

TITLE = "Grid"
COUNTS = (2, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    columns: Annotated[int, Interval(ge=0, le=6)] = 0
    """Cells in a row; 0 takes as many as keep the cells nearest to the canvas's shape."""
    gap: Gap = 8.0
    """Between the cells."""
    margin: Gap = 0.0
    """Around all of them."""


def arrange(count: int, params: Params, canvas: Canvas) -> tuple[Place, ...]:
    columns = min(count, params.columns or math.ceil(math.sqrt(count)))
    rows = math.ceil(count / columns)
    grid = cells(canvas, columns, rows, params.gap, params.margin)
    full = [place for row in grid[:-1] for place in row]
    unit = min(canvas.width_px, canvas.height_px) / 1080
    top, bottom = spans(canvas.height_px, [1.0] * rows, params.gap * unit, params.margin * unit)[-1]
    across = spans(canvas.width_px, [1.0] * (count - len(full)), params.gap * unit, params.margin * unit)
    return (*full, *(place_of(left, top, right, bottom, canvas) for left, right in across))
