"""How drawings come and go: pops, slides and fades, as pure functions of the frame."""

from __future__ import annotations

import math
from fractions import Fraction

from libs.common.media.timeline import Canvas, Overlay, OverlayKind
from services.composition.recipe import Stamp
from services.composition.transitions import settle

POP_S = 0.2
SLIDE_S = 0.4
FADE_S = 0.2


def caption_stamp(patch: int, age: int, canvas: Canvas) -> Stamp:
    """Pops in: from 86 % over 104 % to its size."""
    at = min(1.0, (age + 1) / max(1.0, POP_S * float(canvas.rate)))
    return Stamp(patch=patch, scale=_pop(at), opacity=min(1.0, 0.35 + at))


def card_stamp(patch: int, age: int, leaving: bool, opacity: float, canvas: Canvas) -> Stamp:
    """Rises a little while it fades in."""
    if leaving:
        return Stamp(patch=patch, opacity=opacity)
    at = settle(min(1.0, (age + 1) / (SLIDE_S * float(canvas.rate))))
    return Stamp(patch=patch, dy=_even((1 - at) * 0.03 * canvas.height_px), opacity=opacity * at)


def overlay_stamp(patch: int, overlay: Overlay, number: int, canvas: Canvas) -> Stamp:
    """A heading drops in and fades out, a price tag slides in from the left and then breathes, a logo fades in, a label just stands."""
    age, left = number - overlay.start, overlay.start + overlay.length - number
    arrived = settle(min(1.0, (age + 1) / (SLIDE_S * float(canvas.rate)))) if overlay.enters else 1.0
    if overlay.kind is OverlayKind.heading:
        leaving = min(1.0, left / (FADE_S * float(canvas.rate)))
        return Stamp(patch=patch, dy=-_even((1 - arrived) * 0.03 * canvas.height_px), opacity=min(arrived, leaving))
    if overlay.kind is OverlayKind.price_tag:
        return Stamp(patch=patch, dx=-_even((1 - arrived) * 0.7 * canvas.width_px), scale=_breath(age, canvas.rate))
    if overlay.kind is OverlayKind.logo:
        return Stamp(patch=patch, opacity=arrived)
    return Stamp(patch=patch)


def _pop(at: float) -> float:
    """Overshoots: a sine of one and a half quarters, so that it ends at rest on 1."""
    if at >= 1:
        return 1.0
    return 0.86 + 0.14 * at + 0.09 * math.sin(math.pi * at) * at


def _breath(age: int, rate: Fraction) -> float:
    """A pulse of 4 % each 1.6 s, half a second long, once the tag stands."""
    since_s = age / float(rate) - 2 * SLIDE_S
    phase_s = since_s % 1.6
    if since_s < 0 or phase_s > 0.5:
        return 1.0
    return 1 + 0.04 * math.sin(math.pi * phase_s / 0.5)


def _even(value: float) -> int:
    return round(value / 2) * 2
