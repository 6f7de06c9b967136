"""What media may ask of us. Checked before the work that would hurt."""

from __future__ import annotations

from dataclasses import dataclass

from libs.common.media.errors import InvalidInput, TooLarge

GIB = 1 << 30
MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaLimits:
    """Of one media file."""

    side_px: int = 8_192
    """Longest side of a frame or image."""
    pixels: int = 36_000_000
    """Of one frame or image; an 8K frame has 33 million."""
    streams: int = 16
    duration_s: int = 1_800
    frame_rate: int = 240
    """Frames a second."""
    work_pixels: int = 250_000_000_000
    """Pixels of all frames together: half an hour of 1080p60 has 224 thousand million."""
    file_bytes: int = 512 * MIB
    mezzanine_bytes: int = 2 * GIB


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLimits:
    """Of one child process, enforced by the kernel and, for wall time, by its parent."""

    memory_bytes: int = 2 * GIB
    """Address space (RLIMIT_AS)."""
    cpu_s: int = 10
    wall_s: float = 20.0
    files: int = 64
    """Open files (RLIMIT_NOFILE)."""
    file_bytes: int = 0
    """Longest file it may write (RLIMIT_FSIZE), memory files included; 0: pipes alone."""
    output_bytes: int = MIB
    """Most that is read from its standard output."""


def check_size(width_px: int, height_px: int, limits: MediaLimits) -> None:
    """Raises TooLarge (`media.too_many_pixels`) or InvalidInput (`media.unreadable`) for a picture without a size."""
    if width_px < 1 or height_px < 1:
        raise InvalidInput("the picture has no size", code="media.unreadable")
    if max(width_px, height_px) > limits.side_px or width_px * height_px > limits.pixels:
        most = f"{limits.pixels} pixels or {limits.side_px} a side"
        raise TooLarge(f"{width_px}x{height_px} is more than {most}", code="media.too_many_pixels")
