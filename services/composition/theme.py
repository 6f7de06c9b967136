"""What all drawings of a scene share: canvas, places, colours, language."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.timeline import Canvas, Cut
from services.composition.layout import Layout, layout_of
from services.composition.palette import INK, WHITE, Colour, parse


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

    def colour(self, name: str) -> Colour:
        """A colour by its name in parameters, or as `#RRGGBB`."""
        named = {"primary": self.primary, "secondary": self.secondary, "white": WHITE, "ink": INK}
        return named.get(name) or parse(name)


def theme_of(cut: Cut) -> Theme:
    """Raises InvalidInput for a safe area that is not known."""
    return Theme(
        canvas=cut.canvas,
        layout=layout_of(cut.canvas, cut.safe_area),
        language=cut.language,
        primary=parse(cut.primary),
        secondary=parse(cut.secondary),
    )
