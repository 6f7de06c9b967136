"""What a probe found out. Plain values: they cross a process border as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """Code points of ITU-T H.273; 2 is "unspecified"."""

    primaries: int = 2
    transfer: int = 2
    matrix: int = 2
    full_range: bool = False

    @property
    def is_hdr(self) -> bool:
        """PQ (16) or HLG (18)."""
        return self.transfer in (16, 18)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundProbe:
    stream: int
    codec: str
    rate_hz: int
    channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoProbe:
    container: str
    """FFmpeg's demuxer."""
    stream: int
    """Index of the picture stream that counts."""
    codec: str
    profile: str
    pix_fmt: str
    width_px: int
    """As stored: before rotation, with the pixels' own shape."""
    height_px: int
    frames: int
    """Packets that are shown."""
    length_s: Fraction
    """From the first picture to the end of the last, by time stamps; what the header declares is not believed."""
    frame_rate: Fraction
    """By time stamps: pictures a second on average."""
    exact_30: bool
    """Every picture lies exactly on a grid of 30 a second that begins at 0."""
    gop: int
    """Longest distance of key frames, in frames."""
    rotation_deg: int
    """Counter-clockwise turn that makes it upright: 0, 90, 180 or 270."""
    transformed: bool
    """The container asks for any rotation or mirroring."""
    sample_aspect: Fraction
    """Width of a pixel over its height."""
    interlaced: bool
    colour: Colour
    """By the container where it says anything, else by the picture's own header (ISO/IEC 14496-12, 12.1.5)."""
    colour_disputed: bool = False
    """The picture's own header says something else than the container."""
    start_s: Fraction = Fraction(0)
    """When the first picture is shown, from the start of the file's first stream."""
    sound: SoundProbe | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StillProbe:
    ext: str
    """`png` or `jpg`: how it was encoded anew."""
    width_px: int
    """Upright, after scaling."""
    height_px: int
    source_format: str
    source_mode: str
    """Pillow's name of the source's pixel layout."""
    has_alpha: bool
    profile_ignored: bool
    """It carried a colour profile that could not be used, and was read as sRGB."""
