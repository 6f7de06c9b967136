"""What is seen in a scene, and why this clip."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from libs.common.media.blob import BlobRef
from libs.common.media.time import RationalTime, TimeRange


class MediaKind(StrEnum):
    video = "video"
    image = "image"
    card = "card"
    """No media at all: a card drawn from the scene's text."""
    colour = "colour"
    """No media at all: a plain colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something in the picture that drawings must not cover, in shares of the source's sides."""

    kind: str
    """`face` or `product`."""
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture source as it lies in the store: upright, square pixels, BT.709 limited range."""

    kind: MediaKind
    blob: BlobRef | None = None
    """None for a card."""
    width_px: int = 0
    height_px: int = 0
    length: RationalTime | None = None
    """On the source's own frame grid; None for stills and cards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One clip chosen for a part of a scene."""

    media: Media
    source_range: TimeRange | None
    """On the source's frame grid, handles not included; None for stills and cards."""
    share: RationalTime
    """How long it is shown, on the video's frame grid."""
    clip_id: str | None = None
    """Of the library; None for product images and cards."""
    title: str = ""
    licence: str = ""
    score: float = 0.0
    """Fused relevance of the search, 0 for what was not searched."""
    reason: str = ""
    """Why this one, for people."""
    subjects: tuple[Subject, ...] = ()
    """As the clip's annotation gives them."""


AT_THE_START = RationalTime(0, Fraction(30))


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """The shots of one scene, in order; their shares add up to the scene's length."""

    scene: int
    shots: tuple[Shot, ...]
    fallback: str | None = None
    """`product_image` or `text_card` where no clip fitted, else None."""
    used: tuple[str, ...] = ()
    """Clip and image ids used up to and including this scene: none is used twice."""
    considered: int = 0
    """How many candidates the search returned."""
    start: RationalTime = AT_THE_START
    """Of the scene, from the start of the video, on the video's frame grid: what cuts on beats count from."""
