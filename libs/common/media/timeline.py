"""The edit of one scene, exact to the frame. All that decides its pixels is here, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from libs.common.media.blob import BlobRef
from libs.common.media.captions import Caption
from libs.common.media.footage import Media
from libs.common.media.time import RationalTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    width_px: int
    """Even."""
    height_px: int
    """Even."""
    rate: Fraction
    """Frames a second."""


class Fit(StrEnum):
    fill = "fill"
    """Cover the canvas, cut what is over."""
    blur = "blur"
    """The whole picture over a blurred copy of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A slow camera move (Ken Burns), eased, from one framing to the other."""

    zoom_from: float = 1.0
    """1 is the plain fit; above 1 is closer."""
    zoom_to: float = 1.0
    pan_x_from: float = 0.0
    """-1 is the left edge of what is cut off, 1 the right edge."""
    pan_x_to: float = 0.0
    pan_y_from: float = 0.0
    """-1 is the top edge of what is cut off, 1 the bottom edge."""
    pan_y_to: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect of the catalogue with its parameters."""

    name: str
    params: dict[str, float | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A piece of one source on the scene's track."""

    media: Media
    start: int
    """First frame, from the start of the scene."""
    length: int
    """In frames."""
    source_start: RationalTime | None
    """Where the source is at `start`, on the source's grid; None for stills and cards."""
    fit: Fit = Fit.fill
    motion: Motion = Motion()
    effects: tuple[Effect, ...] = ()
    text: str = ""
    """Of a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """Belongs to the incoming scene: its first `length` frames mix in what the outgoing clip would show on."""

    name: str
    length: int
    """In frames."""
    outgoing: Clip
    """The last clip of the scene before; `start` and `length` are the overlap, `source_start` lies in its handle."""


class OverlayKind(StrEnum):
    heading = "heading"
    price_tag = "price_tag"
    logo = "logo"
    label = "label"
    """The visible notice that a machine made the video."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A drawing over the picture."""

    kind: OverlayKind
    start: int
    """First frame, from the start of the scene."""
    length: int
    """In frames."""
    text: str = ""
    subtext: str = ""
    """A former price, crossed out."""
    image: BlobRef | None = None
    """Of a logo."""
    enters: bool = True
    """False where it stands on from the scene before, so that it is not animated in again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The edit of one scene."""

    scene: int
    canvas: Canvas
    length: int
    """In frames; equal to the utterance's."""
    clips: tuple[Clip, ...]
    """Lie end to end and fill the scene."""
    transition: Transition | None
    captions: tuple[Caption, ...]
    caption_style: str
    overlays: tuple[Overlay, ...] = ()
    language: str = "zh"
    """Decides fonts and line breaking."""
    primary: str = "#FFD400"
    secondary: str = "#111418"
