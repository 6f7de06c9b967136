"""How fast a clip plays: what it takes of its source, exact."""

from __future__ import annotations

from fractions import Fraction

from libs.common.media.errors import InvalidInput
from libs.common.media.timeline import Clip, Speed

FASTEST = 8
"""Every frame of the source is decoded on the way, so that nothing faster is worth its time."""


def played(clip: Clip, frame: int) -> Fraction:
    """Frames of the source's own time, at the video's rate, that have passed at `frame` of the clip: the integral of its speed, which
    goes from `start` to `end` in a straight line and stays there. Never falls from one frame to the next."""
    speed = clip.speed
    ramp = min(frame, clip.length)
    rise = (speed.end - speed.start) * ramp * ramp / (2 * clip.length)
    return speed.start * ramp + rise + speed.end * (frame - ramp)


def source_frames(clip: Clip) -> Fraction:
    """How much of its source the whole clip takes, in frames at the video's rate: its length times the mean of its two speeds."""
    return played(clip, clip.length)


def checked_speed(speed: Speed, *, field: str = "/speed") -> Speed:
    """Raises InvalidInput (`edit.bad_speed`) for a speed that is not 0..8; `field` is a JSON pointer to it."""
    for name, value in (("start", speed.start), ("end", speed.end)):
        if not 0 <= value <= FASTEST:
            raise InvalidInput(
                f"a clip plays at 0 to {FASTEST} times its speed, not at {value}", code="edit.bad_speed", field=f"{field}/{name}"
            )
    return speed
