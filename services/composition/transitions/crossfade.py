"""One picture melts into the other."""

from __future__ import annotations

from services.composition.transitions import Placement, ease

TITLE = "Crossfade"


def place(progress: float) -> tuple[Placement, Placement]:
    return Placement(), Placement(mix=ease(progress))
