"""The frame recipe: plain data that says what a frame is made of. Executors draw it; nobody else decides a pixel.

Canvas and source positions are in luma pixels, pixel 0 reaching from 0 to 1. A tone curve is 17 knots over 0..256 with straight lines
between. Sampling repeats the edge; every step keeps at least a quarter level, and rounds once at the end.
What one pass cannot say (blur, masks, displacement) is a list of filters: the layer is drawn apart, filtered in floating point, rounded,
and then laid over the canvas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from libs.common.media.footage import Media
from services.composition.filters.base import Filter

KNOTS = 17
STEP = 256 // (KNOTS - 1)
Curve = tuple[float, ...]

IDENTITY: Curve = tuple(float(STEP * knot) for knot in range(KNOTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Grade and vignette of a layer."""

    y: Curve = IDENTITY
    """Level out at level in 0, 16 … 256."""
    u: Curve = IDENTITY
    v: Curve = IDENTITY
    vignette: float = 0.0
    """How much darker the corners are, 0..1; falls off with the square of the distance from the centre."""


PLAIN = Look()


class FeedKind(StrEnum):
    video = "video"
    image = "image"
    colour = "colour"
    """A plain colour."""
    ground = "ground"
    """The gradient of a card."""
    shapes = "shapes"
    """The second gradient of a card, mixed over the first and moved against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Where pictures come from: one for each clip, two for a card."""

    kind: FeedKind
    media: Media
    width_px: int
    height_px: int
    seed: int = 0
    """Of a card: which arrangement of shapes."""
    colour: str = "#000000"
    """Of a plain colour, sRGB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A feed's picture made ready for sampling: cropped, brought near the canvas's scale, or softened to a backdrop."""

    feed: int
    left: int
    top: int
    width: int
    height: int
    """The window in the feed's own pixels; all even."""
    to_width: int
    to_height: int
    """Size after scaling; equal to the window's where nothing is to be done."""
    blur_px: float = 0.0
    """Gaussian sigma after scaling."""


@dataclass(frozen=True, slots=True)
class Axis:
    """source = canvas * scale + offset"""

    scale: float
    offset: float


AS_IT_IS = Axis(1.0, 0.0)


class Sampling(StrEnum):
    """How a pixel is made of the samples around its place in the view; the same for both axes."""

    bilinear = "bilinear"
    cubic = "cubic"
    """Four samples each way, Keys' cubic with a = -0.75: for what is enlarged much."""
    area = "area"
    """The mean over what the pixel covers of the view, at least one sample each way: for what is shrunk much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One view drawn into a rectangle of the canvas."""

    view: int
    x: Axis
    y: Axis
    left: int
    top: int
    width: int
    height: int
    """All even, inside the canvas."""
    look: int
    sampling: Sampling = Sampling.bilinear
    mix: float = 1.0
    """1 covers what lies below, 0 leaves it."""
    filters: tuple[Filter, ...] = ()
    """In order, on the layer's own pixels after its look; the rectangle is then the layer's place before the shift."""
    shift_x: int = 0
    """Of a layer with filters: where it is laid down after them, in canvas pixels, even; what leaves the canvas is cut off."""
    shift_y: int = 0
    over: tuple[Layer, ...] = ()
    """Drawn on top of it before anything else: mix, filters and shift then take all of them as one picture, cut to this layer's rectangle.
    So a picture and its backdrop melt as one. They may have filters of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A drawing put over the layers. It knows its own place; the stamp moves it."""

    patch: int
    dx: int = 0
    dy: int = 0
    """Even."""
    scale: float = 1.0
    """About the drawing's centre."""
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRecipe:
    layers: tuple[Layer, ...]
    """From the bottom up; over black."""
    filters: tuple[Filter, ...] = ()
    """On the whole canvas, after the layers and below the stamps."""
    stamps: tuple[Stamp, ...]
    times: tuple[tuple[int, Fraction], ...]
    """Feed and the second of its source to show, for the videos among the layers."""

    def drawn(self) -> Iterator[Layer]:
        """Every layer that is drawn, those over others too."""
        waiting = list(self.layers)
        while waiting:
            layer = waiting.pop()
            yield layer
            waiting += layer.over


class PatchKind(StrEnum):
    caption = "caption"
    overlay = "overlay"
    card_text = "card_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchPlan:
    """A drawing to be made: what, and which of the cut's lists it is in."""

    kind: PatchKind
    index: int
    active: int | None = None
    """Of a caption: the word that is spoken. Of an overlay that changes: its state."""
    arrived: float = 1.0
    """Of a caption: how far that word has come in, above 0, 1 at rest."""
