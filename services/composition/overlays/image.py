"""A picture at a place, whole: a sticker, a seal, a packshot. It may leave the safe area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

from libs.common.media.errors import InvalidInput
from services.composition.executors.base import Patch
from services.composition.layout import Box
from services.composition.overlays import Asked, Entrance, Exit, OverlayParams
from services.composition.panels import paste, sheet_over

TITLE = "Image"
SIDE = 0.4
"""Of the safe area's width, where there is no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params(OverlayParams):
    enter: Entrance = "pop"
    """How it comes in."""
    leave: Exit = "fade"
    """How it goes."""
    opacity: Annotated[float, Interval(ge=0.05, le=1)] = 1.0
    """Of the whole picture."""
    radius_px: Annotated[float, Interval(ge=0, le=300), Unit("px")] = 0.0
    """Of its corners, at a short side of 1080."""
    shadow: Annotated[float, Interval(ge=0, le=1)] = 0.0
    """Darkness of a soft shadow below it."""


def draw(asked: Asked) -> Patch:
    if asked.image is None:
        raise InvalidInput("an image overlay needs an image", code="edit.image_missing", field=f"{asked.field}/image")
    theme, params, safe = asked.theme, asked.params, asked.theme.layout.safe
    side = SIDE * safe.width
    middle_x, middle_y = safe.centre
    usual = Box(middle_x - side / 2, middle_y - side / 2, middle_x + side / 2, middle_y + side / 2)
    room = asked.room(usual, anywhere=True)
    sheet = sheet_over(room, theme.px(60) if params.shadow else 4)
    paste(sheet, asked.image, room, name="the image", opacity=params.opacity, radius=theme.px(params.radius_px))
    if params.shadow:
        sheet.lay_shadow(sigma_px=theme.px(14), strength=params.shadow, drop_px=theme.px(8))
    return sheet.patch()
