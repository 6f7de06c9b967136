"""What all drawings of a scene share: canvas, places, colours, language."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.timeline import Canvas, Cut
from services.composition.layout import Layout, layout_of
from services.composition.palette import Colour, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    canvas: Canvas
    layout: Layout
    language: str
    primary: Colour
    secondary: Colour

    def px(self, at_1080: float) -> float:
        """A size that was chosen for a short side of 1080 pixels."""
        return at_1080 * self.layout.unit


def theme_of(cut: Cut) -> Theme:
    return Theme(
        canvas=cut.canvas,
        layout=layout_of(cut.canvas),
        language=cut.language,
        primary=parse(cut.primary),
        secondary=parse(cut.secondary),
    )
