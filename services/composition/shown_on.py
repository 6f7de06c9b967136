"""What a clip would show on past its end: the outgoing side of a transition."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from libs.common.media.time import RationalTime
from libs.common.media.timeline import Clip, Speed
from services.composition.speed import played

HELD = Speed(start=Fraction(0), end=Fraction(0))


def shown_on(clip: Clip, overlap: int, rate: Fraction) -> Clip | None:
    """The clip for `overlap` frames past its end, with the camera at rest where it stopped. None where the source ends before that."""
    on = _at_rest(clip, overlap)
    if clip.source_start is None:
        return on
    begin_s = clip.source_start.seconds + played(clip, clip.length) / rate
    if clip.media.length is None or begin_s + clip.speed.end * overlap / rate > clip.media.length.seconds:
        return None
    speed = Speed(start=clip.speed.end, end=clip.speed.end)
    return replace(on, source_start=RationalTime.snap(begin_s, clip.source_start.rate), speed=speed)


def held_on(clip: Clip, overlap: int, rate: Fraction) -> Clip:
    """The clip's last frame for `overlap` frames."""
    on = _at_rest(clip, overlap)
    if clip.source_start is None:
        return on
    last_s = clip.source_start.seconds + played(clip, clip.length - 1) / rate
    return replace(on, source_start=RationalTime.snap(last_s, clip.source_start.rate), speed=HELD)


def _at_rest(clip: Clip, overlap: int) -> Clip:
    move = clip.motion
    rest = replace(
        move,
        zoom_from=move.zoom_to,
        pan_x_from=move.pan_x_to,
        pan_y_from=move.pan_y_to,
    )
    return replace(clip, start=0, length=overlap, motion=rest, fade_in=0, fade_out=0, before=clip.length)
