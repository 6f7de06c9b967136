"""Layouts: where several clips lie that are seen at once. One file each, found by itself.

A file has `TITLE`, `COUNTS` (how many clips it takes at least and at most), optionally `Params` (as effects have) and
`arrange(count, params, canvas) -> (Place, …)`: places from the bottom up, the first for the main track. A layout may also have
`effects(count, params, canvas)`: for each place the effects that belong to it, such as round corners. All edges are even pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Annotated, Any

from annotated_types import Interval, Unit

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Canvas, Effect, Place
from services.composition.plugins import Plugin, discover, params_of

Gap = Annotated[float, Interval(ge=0, le=120), Unit("px")]
"""Pixels of a canvas whose short side has 1080; other canvases scale it."""


def arranged(
    name: str, params: Mapping[str, float | str], count: int, canvas: Canvas, *, field: str = "/layout"
) -> tuple[tuple[Place, tuple[Effect, ...]], ...]:
    """Place and effects of each of `count` clips, from the bottom up. Raises InvalidInput for a name, a parameter or a number of clips that
    the layout does not have; `field` is a JSON pointer to it."""
    if name not in CATALOGUE:
        known = ", ".join(CATALOGUE)
        raise InvalidInput(f"unknown layout {name!r}; there are: {known}", code="edit.unknown_layout", field=f"{field}/name")
    module = CATALOGUE[name].module
    least, most = module.COUNTS
    if not least <= count <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        raise InvalidInput(f"{name!r} takes {wanted} clips, not {count}", code="edit.layout_count", field=field)
    checked = params_of(CATALOGUE[name], params, field=f"{field}/params")
    arrange: Callable[[int, Any, Canvas], tuple[Place, ...]] = module.arrange
    places = arrange(count, checked, canvas)
    effects = module.effects(count, checked, canvas) if hasattr(module, "effects") else ((),) * count
    return tuple(zip(places, effects, strict=True))


def cells(canvas: Canvas, columns: int, rows: int, gap: float, margin: float = 0.0) -> list[list[Place]]:
    """A grid by rows: equal cells, `gap` between them and `margin` around, both as `Gap` says."""
    unit = min(canvas.width_px, canvas.height_px) / 1080
    across = spans(canvas.width_px, [1.0] * columns, gap * unit, margin * unit)
    down = spans(canvas.height_px, [1.0] * rows, gap * unit, margin * unit)
    return [[place_of(left, top, right, bottom, canvas) for left, right in across] for top, bottom in down]


def spans(side_px: int, shares: list[float], gap_px: float, margin_px: float = 0.0) -> list[tuple[int, int]]:
    """One side cut into parts in these proportions: first and end pixel of each, all even, every gap equally wide."""
    gap, margin = even(gap_px), even(margin_px)
    room = side_px - 2 * margin - gap * (len(shares) - 1)
    edges = [even(room * sum(shares[:number]) / sum(shares)) for number in range(len(shares) + 1)]
    edges[-1] = room
    return [(margin + first + gap * number, margin + end + gap * number) for number, (first, end) in enumerate(pairwise(edges))]


def place_of(left: int, top: int, right: int, bottom: int, canvas: Canvas) -> Place:
    """From even pixels to shares of the canvas."""
    width, height = canvas.width_px, canvas.height_px
    return Place(left=left / width, top=top / height, width=(right - left) / width, height=(bottom - top) / height)


def even(value: float) -> int:
    return round(value / 2) * 2


CATALOGUE: dict[str, Plugin] = discover(__name__, __path__)
"""By name."""
