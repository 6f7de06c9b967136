"""The edit of one scene, exact to the frame. All that decides its pixels is here, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, ClassVar

from annotated_types import Interval, Len

from libs.common.media.blob import BlobRef
from libs.common.media.brief import STRICT
from libs.common.media.captions import Caption
from libs.common.media.footage import Media
from libs.common.media.time import RationalTime

Share = Annotated[float, Interval(ge=0, le=1)]
Pan = Annotated[float, Interval(ge=-1, le=1)]
Zoom = Annotated[float, Interval(ge=1, le=8)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    width_px: int
    """Even."""
    height_px: int
    """Even."""
    rate: Fraction
    """Frames a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A rectangle of the canvas, in shares of its sides; rounded to even pixels where it is drawn."""

    __pydantic_config__: ClassVar = STRICT

    left: Share = 0.0
    top: Share = 0.0
    width: Share = 1.0
    height: Share = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallerSize:
    """A size in which the same frames are wanted as well."""

    preset: str
    """Name of the output preset, which also names the encoder."""
    canvas: Canvas
    """At the rate of the composition."""


class Fit(StrEnum):
    """How a source meets its place."""

    fill = "fill"
    """Cover the place, cut what is over."""
    blur = "blur"
    """The whole picture over a blurred copy of itself."""
    contain = "contain"
    """The whole picture; what lies below shows beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A slow camera move (Ken Burns), eased, from one framing to the other."""

    __pydantic_config__: ClassVar = STRICT

    zoom_from: Zoom = 1.0
    """1 is the plain fit; above 1 is closer."""
    zoom_to: Zoom = 1.0
    pan_x_from: Pan = 0.0
    """-1 is the left edge of what is cut off, 1 the right edge."""
    pan_x_to: Pan = 0.0
    pan_y_from: Pan = 0.0
    """-1 is the top edge of what is cut off, 1 the bottom edge."""
    pan_y_to: Pan = 0.0
    focus_x: Share | None = None
    """The point of the source that the move keeps in sight, as a share of its width; both or neither. The pans are then counted from
    the framing that has the point nearest to the middle, and at -1 and 1 the point is near the edge."""
    focus_y: Share | None = None
    """As a share of the source's height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How fast a clip plays: it changes evenly from one to the other. 1 is its own speed, 0 holds the frame; at most 8."""

    start: Fraction = Fraction(1)
    end: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect of the catalogue with its parameters."""

    __pydantic_config__: ClassVar = STRICT

    name: Annotated[str, Len(1, 60)]
    params: dict[str, float | str] = field(default_factory=dict)


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
    subtext: str = ""
    """Of a card: the smaller line."""
    style: str = "statement"
    """Of a card; a name of the card catalogue."""
    params: dict[str, float | str] = field(default_factory=dict)
    """Of a card: as the card catalogue describes them."""
    colour: str = "#000000"
    """Of a plain colour, sRGB."""
    place: Place | None = None
    """None for the whole canvas."""
    speed: Speed = Speed()
    opacity: float = 1.0
    fade_in: int = 0
    """Frames in which it comes up from nothing."""
    fade_out: int = 0
    """Frames in which it goes."""
    before: int = 0
    """Of a clip that a transition shows on past its end: how many frames of it were shown, so that its effects go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """Belongs to the incoming scene: its first `length` frames mix in what the outgoing clip would show on."""

    name: str
    length: int
    """In frames."""
    outgoing: Clip
    """The last clip of the scene before; `start` and `length` are the overlap, `source_start` lies in its handle."""
    params: dict[str, float | str] = field(default_factory=dict)


class OverlayKind(StrEnum):
    heading = "heading"
    price_tag = "price_tag"
    logo = "logo"
    label = "label"
    """The visible notice that a machine made the video."""
    text = "text"
    """Free text at a place."""
    image = "image"
    """A picture at a place: a sticker."""
    lower_third = "lower_third"
    badge = "badge"
    countdown = "countdown"
    progress_bar = "progress_bar"
    qr_code = "qr_code"


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
    """The smaller line: a former price, a role, what a code leads to."""
    image: BlobRef | None = None
    """Of a logo or an image."""
    enters: bool = True
    """False where it stands on from the scene before, so that it is not animated in again."""
    params: dict[str, float | str] = field(default_factory=dict)
    """As the overlay catalogue describes them."""
    place: Place | None = None
    """None for the kind's own place in the safe area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The edit of one scene."""

    scene: int
    canvas: Canvas
    length: int
    """In frames; equal to the utterance's."""
    clips: tuple[Clip, ...]
    """The main track: they lie end to end and fill the scene."""
    transition: Transition | None
    captions: tuple[Caption, ...]
    caption_style: str
    caption_params: dict[str, float | str] = field(default_factory=dict)
    """As the catalogue of caption styles describes them."""
    overlays: tuple[Overlay, ...] = ()
    insets: tuple[Clip, ...] = ()
    """The tracks above, from the bottom up; each lies inside the scene, gaps are allowed."""
    effects: tuple[Effect, ...] = ()
    """Over the whole composed picture, below overlays and captions."""
    effects_before: int = 0
    """Where they lie over more than this cut: how many of their frames are over when it begins."""
    effects_length: int = 0
    """How many frames they last; 0 for those of the cut."""
    background: str = "#000000"
    """Where the main track leaves room, sRGB."""
    safe_area: str = "generic"
    """The platform whose buttons drawings keep clear of; a name of the catalogue of safe areas."""
    language: str = "zh"
    """Decides fonts and line breaking."""
    primary: str = "#FFD400"
    secondary: str = "#111418"
    renditions: tuple[SmallerSize, ...] = ()
    """What is made from the composed frames besides the composition's own size, largest first."""
