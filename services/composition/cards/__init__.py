"""Cards: what is shown where there is no picture. One file each, found by its name in `Clip.style`.

A file has `TITLE`, `Params` and `draw(asked) -> Patch`: it sets the clip's text and subtext on the gradient of the brand's colours that
`card_ground` draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Clip
from services.composition.executors.base import Patch
from services.composition.layout import Box, box_of
from services.composition.plugins import Plugin, discover, params_of
from services.composition.theme import Theme


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file draws from."""

    text: str
    subtext: str
    params: Any
    theme: Theme
    room: Box
    """Where it may draw: the safe area, or the part of it that the card's place takes."""
    field: str
    """JSON pointer to the clip."""


def draw_card(clip: Clip, theme: Theme, *, field: str = "/clips/0") -> Patch:
    """The card's words on nothing. Raises InvalidInput for a style or parameter that the catalogue does not have, and
    (`edit.text_too_long`) for more text than can be read."""
    if clip.style not in CATALOGUE:
        known = ", ".join(CATALOGUE)
        raise InvalidInput(f"unknown card {clip.style!r}; there are: {known}", code="edit.unknown_card", field=f"{field}/style")
    plugin = CATALOGUE[clip.style]
    params = params_of(plugin, clip.params, field=f"{field}/params")
    safe = theme.layout.safe
    room = safe if clip.place is None else box_of(clip.place, theme.canvas).within(safe)
    if min(room.width, room.height) < theme.px(80):
        raise InvalidInput("nothing of this card lies in the safe area", code="edit.outside_safe_area", field=f"{field}/place")
    patch: Patch = plugin.module.draw(Asked(clip.text, clip.subtext, params, theme, room, field))
    return patch


CATALOGUE: dict[str, Plugin] = discover(__name__, __path__)
"""By name."""
