"""What the engine made: segments of the scenes, and the master."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.blob import BlobRef
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallSegment:
    """The same frames in the size of a smaller preset, scaled as they were composed and encoded once."""

    preset: str
    """Name of the output preset."""
    video: BlobRef
    """H.264 in MP4, no sound; closed GOP, first frame a key frame."""
    canvas: Canvas
    encoder: str
    """Name of the encoder preset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The picture of one scene, encoded once in each size, closed GOP, first frame a key frame."""

    scene: int
    video: BlobRef
    """H.264 in MP4, no sound."""
    canvas: Canvas
    length: int
    """In frames."""
    executor: str
    """Which executor drew the frames: `kernel`, `opencv`, `torch-cuda`, `torch-cpu`."""
    encoder: str
    """Name of the encoder preset."""
    notes: tuple[str, ...] = ()
    """What the viewer should know: held frames after a decode error, missing glyphs, a fall-back."""
    smaller: tuple[SmallSegment, ...] = ()
    """For the renditions that its cut names."""

    @property
    def videos(self) -> tuple[BlobRef, ...]:
        """All of its files, the one in the master's size first."""
        return (self.video, *(small.video for small in self.smaller))


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """The whole video at full size: segments joined by stream copy, one sound track."""

    video: BlobRef
    """MP4, H.264 and AAC, index first (faststart)."""
    canvas: Canvas
    length: RationalTime
    """On the frame grid."""
    scene_starts: tuple[int, ...]
    """First frame of each scene."""
    av_offset_ms: float
    """Start of sound minus start of picture, read back from the file."""
    poster: BlobRef | None = None
    """Of an edit: JPEG in the size of the video. None where it is made when the video is published."""
