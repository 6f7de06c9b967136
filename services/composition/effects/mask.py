"""Shows the clip in a shape; elsewhere the tracks below are seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval, Unit

from services.composition.filters.base import Filter
from services.composition.filters.patterns import Box, Ellipse, Linear, Outline, Pattern
from services.composition.filters.reveal import Reveal
from services.composition.moment import Moment
from services.composition.param_types import Share

TITLE = "Mask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    shape: Literal["circle", "ellipse", "rectangle", "heart", "star", "diamond", "hexagon", "gradient"] = "circle"
    """`rectangle` has round corners, `ellipse` has the canvas's proportions, `gradient` lets the picture run out downwards."""
    x: Share = 0.5
    """Its middle, from the left, as a share of the width."""
    y: Share = 0.5
    """Its middle, from the top, as a share of the height."""
    size: Annotated[float, Interval(ge=0.01, le=3)] = 0.8
    """Across, as a share of the short side; an ellipse and a rectangle as a share of each side."""
    radius: Annotated[float, Interval(ge=0, le=0.5)] = 0.12
    """Of a rectangle's corners, as a share of its short side."""
    angle_deg: Annotated[float, Interval(ge=-180, le=180), Unit("°")] = 90.0
    """Way in which a gradient runs out; 90 is downwards, 0 to the right."""
    feather: Annotated[float, Interval(ge=0, le=1)] = 0.0
    """Softness of the edge, as a share of the short side; 0 is crisp."""
    invert: Literal["no", "yes"] = "no"
    """`yes` hides what is inside."""


def filters(params: Params, moment: Moment) -> tuple[Filter, ...]:
    if params.shape == "gradient":
        reach = max(0.02, params.feather, params.size)
        return (Reveal(Linear(params.angle_deg), params.y, softness=reach, backwards=params.invert == "yes"),)
    return (Reveal(_pattern(params, moment), 0.5, softness=params.feather, backwards=params.invert == "yes"),)


def _pattern(params: Params, moment: Moment) -> Pattern:
    short = min(moment.width_px, moment.height_px)
    if params.shape == "rectangle":
        half = params.size / 2
        return Box(params.x - half, params.y - half, params.x + half, params.y + half, params.radius)
    if params.shape == "ellipse":
        return Ellipse(params.x, params.y, params.size / 2, params.size / 2)
    if params.shape == "circle":
        return Ellipse(params.x, params.y, params.size / 2 * short / moment.width_px, params.size / 2 * short / moment.height_px)
    assert params.shape != "gradient"
    return Outline(params.shape, params.x, params.y, params.size)
