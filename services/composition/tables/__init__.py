"""Colour tables made ready for the filter: on a grid of 0..1 each way. The built-in ones lie here as `.cube` files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from libs.common.documents import content_hash
from libs.common.media.cube import Cube, read_cube
from services.composition.filters.base import Constant
from services.composition.filters.table import Table

FOLDER = Path(__file__).parent
CURVE_GRID = 65
"""A table of curves becomes one of three dimensions with this many points a side."""


@lru_cache(maxsize=16)
def built_in(name: str) -> Table:
    return table_of((FOLDER / f"{name}.cube").read_bytes())


@lru_cache(maxsize=8)
def table_of(data: bytes) -> Table:
    """Raises InvalidInput as `read_cube` does."""
    return Table(content_hash(data), grid_of(read_cube(data)))


def grid_of(cube: Cube) -> Constant:
    """(size, size, size, 3), red the fastest axis last but one, for colours 0..1; outside its domain a table goes on as at its rim."""
    values = np.array(cube.values, np.float32)
    if not cube.three_d:
        return _from_curves(values.reshape(-1, 3), cube)
    table = values.reshape(cube.size, cube.size, cube.size, 3)
    if (cube.domain_min, cube.domain_max) != ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)):
        for axis, channel in ((2, 0), (1, 1), (0, 2)):
            table = _resampled(table, axis, _places(cube, channel, cube.size))
    return np.clip(table, 0, 1)


def _from_curves(curves: NDArray[np.float32], cube: Cube) -> Constant:
    places = [_places(cube, channel, CURVE_GRID) for channel in range(3)]
    red, green, blue = (np.interp(at, np.arange(cube.size), curves[:, channel]) for channel, at in enumerate(places))
    grid = np.stack(np.meshgrid(blue, green, red, indexing="ij")[::-1], axis=-1)
    return np.clip(grid, 0, 1).astype(np.float32)


def _places(cube: Cube, channel: int, count: int) -> NDArray[np.float64]:
    """Where evenly spread levels of 0..1 lie among the table's entries."""
    low, high = cube.domain_min[channel], cube.domain_max[channel]
    return np.clip((np.linspace(0, 1, count) - low) / (high - low), 0, 1) * (cube.size - 1)


def _resampled(table: Constant, axis: int, places: NDArray[np.float64]) -> Constant:
    low = np.minimum(places.astype(int), table.shape[axis] - 2)
    share = (places - low).reshape([-1 if number == axis else 1 for number in range(4)])
    return np.asarray(np.take(table, low, axis) * (1 - share) + np.take(table, low + 1, axis) * share, np.float32)
