"""Where drawings may stand on a canvas: inside the safe area, clear of the platform's own buttons."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.captions import Anchor
from libs.common.media.platforms import GENERIC, Platform, platform
from libs.common.media.timeline import Canvas, Place

SIDE = 0.06
"""Least margin at the sides, of the width."""
CAPTION_SIDE_UPRIGHT, CAPTION_SIDE = 0.12, 0.1
"""Least margin of captions, which stay in the middle: as wide as a column of buttons where there may be one."""
TOP, BOTTOM = 0.05, 0.14
"""Least margins of pictures that do not fill an upright screen, of the height."""
SCREEN = 16 / 9
"""Height of the screen that a platform's figures are for, of its width."""
BAND_PX = 230.0
"""Room of a caption: two lines of the usual size."""
TAG_GAP_PX = 250.0
"""From the lower edge of captions up to that of tags."""
TOP_ROW_PX = 144.0
"""Label and logo, and the air below them."""
MIDDLE = 0.48
"""Of the height: where a caption in the middle is centred."""


@dataclass(frozen=True, slots=True)
class Box:
    """Pixels on the canvas."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def within(self, other: Box) -> Box:
        """The part of it that lies in the other; it may be empty, with negative sides."""
        return Box(max(self.left, other.left), max(self.top, other.top), min(self.right, other.right), min(self.bottom, other.bottom))

    def covered_by(self, other: Box) -> float:
        """The share of this box that the other one lies on, 0..1."""
        part = self.within(other)
        return max(0.0, part.width) * max(0.0, part.height) / max(1.0, self.width * self.height)


@dataclass(frozen=True, slots=True)
class Layout:
    """Pixels on the canvas. `unit` scales all sizes: 1 at a short side of 1080."""

    unit: float
    left: int
    right: int
    top: int
    """Upper edge of logo and label."""
    bottom: int
    """Lower edge of the safe area, and of captions."""
    heading_top: int
    caption_left: int
    caption_right: int
    caption_middle: int
    """Captions in the middle are centred here."""
    tag_bottom: int

    @property
    def safe(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)

    @property
    def caption_bottom(self) -> int:
        """Captions grow upwards from here."""
        return self.bottom

    def caption_band(self, anchor: Anchor) -> Box:
        """The room of a caption of two lines."""
        height = BAND_PX * self.unit
        if anchor is Anchor.bottom:
            top = self.bottom - height
        elif anchor is Anchor.middle:
            top = self.caption_middle - height / 2
        else:
            top = float(self.heading_top)
        return Box(self.caption_left, top, self.caption_right, top + height)


def layout_of(canvas: Canvas, safe_area: str = GENERIC) -> Layout:
    """The places of a canvas on a platform. A picture that is less tall than the screen is shown in its middle, so that less of it is
    covered; one that is wider than high is watched by itself and keeps only a margin. Raises InvalidInput (`edit.unknown_safe_area`)."""
    shown = platform(safe_area, code="edit.unknown_safe_area", field="/safe_area")
    width, height = canvas.width_px, canvas.height_px
    unit = min(width, height) / 1080
    upright = height > 1.1 * width
    top, bottom = _covered(shown, width, height)
    left, right = (max(SIDE, side) if height >= width else SIDE for side in (shown.left, shown.right))
    side = max(CAPTION_SIDE_UPRIGHT if upright else CAPTION_SIDE, left, right)
    floor = int(height * (1 - bottom))
    return Layout(
        unit=unit,
        left=round(width * left),
        right=round(width * (1 - right)),
        top=round(height * top),
        bottom=floor,
        heading_top=round(height * top + TOP_ROW_PX * unit),
        caption_left=round(width * side),
        caption_right=round(width * (1 - side)),
        caption_middle=round(height * MIDDLE),
        tag_bottom=round(floor - TAG_GAP_PX * unit),
    )


def box_of(place: Place, canvas: Canvas) -> Box:
    """A place in pixels, cut to the canvas."""
    width, height = canvas.width_px, canvas.height_px
    whole = Box(place.left * width, place.top * height, (place.left + place.width) * width, (place.top + place.height) * height)
    return whole.within(Box(0, 0, width, height))


def place_of(box: Box, canvas: Canvas) -> Place:
    """The opposite of `box_of`, rounded so that equal edits are equal documents everywhere."""
    width, height = canvas.width_px, canvas.height_px
    shares = (box.left / width, box.top / height, box.width / width, box.height / height)
    return Place(**dict(zip(("left", "top", "width", "height"), (round(share, 4) for share in shares), strict=True)))


def _covered(shown: Platform, width: int, height: int) -> tuple[float, float]:
    """At top and bottom, shares of the canvas's height."""
    bar = max(0.0, SCREEN - height / width) / 2  # of the screen's width, above and below the picture
    top, bottom = ((share * SCREEN - bar) * width / height for share in (shown.top, shown.bottom))
    if bar < 0.02:
        return top, bottom
    return max(TOP, top), max(BOTTOM, bottom)
