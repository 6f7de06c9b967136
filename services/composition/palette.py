"""Colours that can be read on each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from libs.common.media.pattern import Matches

ColourName = Annotated[str, Matches(r"^(primary|secondary|white|ink|#[0-9A-Fa-f]{6})$")]
"""A colour in parameters: one of the brand's, white, ink (nearly black), or `#RRGGBB`."""


@dataclass(frozen=True, slots=True)
class Colour:
    """sRGB, 0..255."""

    red: int
    green: int
    blue: int

    @property
    def luminance(self) -> float:
        """Relative luminance, WCAG 2.2: 0 black, 1 white."""

        def linear(level: int) -> float:
            share = level / 255
            return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

        return 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)

    def argb(self, opacity: float = 1.0) -> int:
        return (round(opacity * 255) << 24) | (self.red << 16) | (self.green << 8) | self.blue

    def towards(self, other: Colour, share: float) -> Colour:
        return Colour(*(round(a + (b - a) * share) for a, b in zip(self.levels, other.levels, strict=True)))

    @property
    def hex(self) -> str:
        """`#RRGGBB`"""
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"

    @property
    def levels(self) -> tuple[int, int, int]:
        return self.red, self.green, self.blue


WHITE = Colour(255, 255, 255)
INK = Colour(16, 17, 20)


def parse(hex_colour: str) -> Colour:
    """`#RRGGBB`."""
    return Colour(*(int(hex_colour[at : at + 2], 16) for at in (1, 3, 5)))


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2 contrast ratio, 1..21; 4.5 is what text needs."""
    light, dark = sorted((one.luminance, other.luminance), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(ground: Colour) -> Colour:
    """Ink or white, whichever reads better."""
    return max((INK, WHITE), key=lambda colour: contrast(colour, ground))


def large_text_on(ground: Colour) -> Colour:
    """White wherever large bold type may be white (3:1, WCAG 2.2, 1.4.3): on a red tag people expect it. Else ink."""
    return WHITE if contrast(WHITE, ground) >= 3 else INK


def accent_on(ground: Colour, accent: Colour, *, least: float = 4.5) -> Colour:
    """The accent, moved towards white or ink until it can be read on the ground."""
    goal = text_on(ground)
    steps = (accent.towards(goal, step / 10) for step in range(11))
    return next((colour for colour in steps if contrast(colour, ground) >= least), goal)
