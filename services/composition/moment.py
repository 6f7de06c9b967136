"""Where a frame stands in its clip: what effects that move or change may ask."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    frame: int
    """From the start of the clip, or of the video for effects over the whole picture; negative or past its length inside a transition's
    handle."""
    length: int
    """Of the clip or the video, in frames."""
    rate: Fraction
    """Frames a second."""
    width_px: int
    """Of the canvas."""
    height_px: int
    seed: int = 0
    """Differs from clip to clip; 0 for the whole picture."""

    @property
    def seconds(self) -> float:
        return float(self.frame / self.rate)

    @property
    def progress(self) -> float:
        """0 on the first frame, 1 on the last."""
        return min(1.0, max(0.0, self.frame / max(1, self.length - 1)))

    @property
    def unit(self) -> float:
        """Scales pixels that were chosen for a short side of 1080."""
        return min(self.width_px, self.height_px) / 1080
