"""Darker corners, so that the eye stays in the middle."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.composition.recipe import Look

TITLE = "Vignette"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    strength: float = 0.2
    """How much darker the corners are, 0..1."""


def apply(look: Look, params: Params) -> Look:
    """Two vignettes multiply, to first order: what one leaves, the other takes its share of."""
    strength = min(1.0, max(0.0, params.strength))
    return replace(look, vignette=1 - (1 - look.vignette) * (1 - strength))
