"""What leaves the house: renditions and the publication that lists them."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.blob import BlobRef
from libs.common.media.time import RationalTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """The video in one size."""

    preset: str
    video: BlobRef
    width_px: int
    height_px: int
    length: RationalTime
    """On the frame grid."""
    bitrate_bps: int
    """Mean of the whole file."""
    compression_ratio: float
    """Raw 4:2:0 picture bytes over file bytes."""
    copied: bool
    """True where the master was taken as it is, without a second encode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One mark that says the video is AI-made."""

    kind: str
    """`visible`, `aigc` (GB 45438 metadata), `c2pa`."""
    written: bool
    detail: str = ""
    """What was written, or why not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The finished job: every file a caller can download."""

    title: str
    length: RationalTime
    renditions: tuple[Rendition, ...]
    poster: BlobRef
    captions: BlobRef
    """WebVTT."""
    script: BlobRef
    """The storyboard as JSON; of an edit, the edit."""
    timeline: BlobRef
    """The cuts as JSON."""
    otio: BlobRef
    """OpenTimelineIO."""
    labels: tuple[Label, ...]
    generator: str
    degraded: tuple[str, ...] = ()
    """Every fall-back that was taken, in words."""
    sync_error_ms: float = 0.0
    """Largest distance of picture, sound and captions from the plan, as read back from the finished file."""
