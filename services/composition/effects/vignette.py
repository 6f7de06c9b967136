"""Darker corners, so that the eye stays in the middle."""

from __future__ import annotations

from dataclasses import dataclass

from services.composition import grading
from services.composition.moment import Moment
from services.composition.param_types import Share
from services.composition.recipe import Look

TITLE = "Vignette"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    strength: Share = 0.2
    """How much darker the corners are, 0..1."""


def look(look: Look, params: Params, moment: Moment) -> Look:
    return grading.darker_corners(look, params.strength)
