"""A 3-D table of colours."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.composition.filters.base import Constant, Ops, Picture
from services.composition.filters.blur import mixed


@dataclass(frozen=True, slots=True)
class Table:
    """Equal by its key: the same content has the same key."""

    key: str
    values: Constant = field(compare=False, repr=False)
    """(size, size, size, 3), red the fastest axis last but one, R'G'B' 0..1 in and out."""


@dataclass(frozen=True, slots=True)
class Lut3d:
    table: Table
    amount: float

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        values = ops.constant(("table", self.table.key), lambda: self.table.values)
        found = ops.lut3d(picture, values)
        return found if self.amount >= 1 else mixed(picture, found, self.amount, self.amount)
