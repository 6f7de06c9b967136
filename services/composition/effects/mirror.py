"""Flipped, or one half of the picture shown twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.composition.filters.base import Filter
from services.composition.filters.bend import Mirror
from services.composition.moment import Moment

TITLE = "Mirror"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    how: Literal["left_right", "up_down", "left", "right", "top", "bottom"] = "left"
    """The first two flip the picture; the others name the half that is kept and mirrored."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    return (Mirror(params.how),)
