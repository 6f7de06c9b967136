"""How far the whole video has come: a thin bar that fills. Each scene of a video says where it begins and how long the whole is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from annotated_types import Interval, Unit

from libs.common.media.timeline import Canvas, Overlay
from services.composition.executors.base import Patch
from services.composition.layout import Box
from services.composition.overlays import Asked, Entrance, OverlayParams
from services.composition.palette import INK, WHITE, ColourName
from services.composition.panels import plate, sheet_over

TITLE = "Progress bar"
STEPS = 500
"""A bar of the full width grows by two pixels a step: more cannot be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    enter: Entrance = "none"
    """How it comes in."""
    start_s: Annotated[float, Interval(ge=0, le=86_400), Unit("s")] = 0.0
    """Where in the video the bar's first frame lies."""
    total_s: Annotated[float, Interval(ge=0, le=86_400), Unit("s")] = 0.0
    """Length of the video; 0 for the bar's own length."""
    edge: Literal["top", "bottom"] = "top"
    """Of the safe area, where there is no place."""
    thickness_px: Annotated[float, Interval(ge=4, le=60), Unit("px")] = 10.0
    """At a short side of 1080."""
    colour: ColourName = "primary"
    """Of the part that is done."""


def state(overlay: Overlay, params: Params, frame: int, canvas: Canvas) -> int:
    """How much is done, in steps."""
    total = Fraction(params.total_s).limit_denominator(1_000) * canvas.rate or Fraction(overlay.length)
    done = Fraction(params.start_s).limit_denominator(1_000) * canvas.rate + frame + 1
    return min(STEPS, int(STEPS * done / total))


def draw(asked: Asked) -> Patch:
    theme, params, safe = asked.theme, asked.params, asked.theme.layout.safe
    thick = max(2.0, theme.px(params.thickness_px))
    gap = theme.px(12)
    top = safe.top - gap - thick if params.edge == "top" else safe.bottom + gap
    room = asked.room(Box(safe.left, top, safe.right, top + thick), anywhere=True)
    bar = Box(room.left, room.centre[1] - min(thick, room.height) / 2, room.right, room.centre[1] + min(thick, room.height) / 2)
    sheet = sheet_over(bar, theme.px(4))
    radius = bar.height / 2
    plate(sheet, bar, INK, opacity=0.35, radius=radius)
    plate(sheet, bar, WHITE, opacity=0.35, radius=radius)
    filled = bar.width * asked.state / STEPS
    if filled >= 1:
        plate(sheet, Box(bar.left, bar.top, bar.left + max(filled, bar.height), bar.bottom), theme.colour(params.colour), radius=radius)
    return sheet.patch()
