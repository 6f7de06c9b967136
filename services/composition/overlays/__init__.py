"""Overlays: one file for each `OverlayKind`, found by its name.

A file has `TITLE`, a frozen dataclass `Params` on top of `OverlayParams`, and `draw(asked) -> Patch`. One that changes while it stands has
`state(overlay, params, frame, canvas) -> int` too: it is drawn once for each state.

Where an overlay has a `place`, it is drawn into the part of it that lies in the safe area, as large as it can be there; pictures may
leave the safe area. Without a place it stands where its kind belongs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from annotated_types import Interval, Unit

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Canvas, Overlay, OverlayKind
from services.composition.executors.base import Patch
from services.composition.layout import Box, box_of
from services.composition.plugins import Plugin, discover, params_of
from services.composition.theme import Theme

Entrance = Literal["none", "fade", "drop", "rise", "from_left", "from_right", "pop"]
Exit = Literal["none", "fade", "drop", "rise", "to_left", "to_right", "shrink"]
LEAST_PLACE_PX = 40.0
"""At a short side of 1080: no text is read in a smaller place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayParams:
    """What every overlay has."""

    enter: Entrance = "fade"
    """How it comes in."""
    leave: Exit = "none"
    """How it goes."""
    move_s: Annotated[float, Interval(ge=0.1, le=2), Unit("s")] = 0.4
    """How long coming in takes; going takes half of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file draws from."""

    overlay: Overlay
    theme: Theme
    params: Any
    image: bytes | None
    state: int
    field: str
    """JSON pointer to the overlay."""

    def room(self, usual: Box, *, anywhere: bool = False) -> Box:
        """Where it may stand: its place, or the usual room of its kind. Raises InvalidInput (`edit.outside_safe_area`)."""
        overlay, theme = self.overlay, self.theme
        if overlay.place is None:
            return usual
        whole = box_of(overlay.place, theme.canvas)
        room = whole if anywhere else whole.within(theme.layout.safe)
        if min(room.width, room.height) < (2 if anywhere else theme.px(LEAST_PLACE_PX)):
            raise InvalidInput("nothing of this place lies in the safe area", code="edit.outside_safe_area", field=f"{self.field}/place")
        return room


def draw_overlay(overlay: Overlay, theme: Theme, image: bytes | None, state: int = 0, *, field: str = "/overlays/0") -> Patch:
    """Raises InvalidInput for a parameter that the catalogue does not have, for text that cannot be read at its place
    (`edit.text_too_long`), and for a picture that is none."""
    params = overlay_params(overlay, field=field)
    patch: Patch = _plugin(overlay).module.draw(Asked(overlay, theme, params, image, state, field))
    return patch


def overlay_params(overlay: Overlay, *, field: str = "/overlays/0") -> Any:
    """The checked parameters, an `OverlayParams`."""
    return params_of(_plugin(overlay), overlay.params, field=f"{field}/params")


def overlay_state(overlay: Overlay, params: Any, frame: int, canvas: Canvas) -> int:
    """Which of its drawings an overlay shows at `frame` of its time."""
    state: Callable[[Overlay, Any, int, Canvas], int] | None = getattr(_plugin(overlay).module, "state", None)
    return 0 if state is None else state(overlay, params, frame, canvas)


def _plugin(overlay: Overlay) -> Plugin:
    return CATALOGUE[OverlayKind(overlay.kind).value]


CATALOGUE: dict[str, Plugin] = discover(__name__, __path__)
"""By name."""
