"""How drawings come and go: pops, slides and fades, as pure functions of the frame. At rest they are not scaled: type stays sharp."""

from __future__ import annotations

import math
from fractions import Fraction

from libs.common.media.timeline import Canvas, Overlay
from services.composition.overlays import OverlayParams
from services.composition.recipe import Stamp
from services.composition.transitions import settle

POP_S = 0.2
CARD_S = 0.4
WAY = 0.03
"""How far a drop or a rise goes, of the canvas's height."""
SIDEWAYS = 0.7
"""How far a drawing slides in from a side, of the canvas's width."""
LEAST_SCALE = 0.4
"""A pop begins at this size."""


def caption_stamp(patch: int, age: int, canvas: Canvas) -> Stamp:
    """Pops in: from 86 % over 104 % to its size."""
    at = min(1.0, (age + 1) / max(1.0, POP_S * float(canvas.rate)))
    return Stamp(patch=patch, scale=_pop(at), opacity=min(1.0, 0.35 + at))


def card_stamp(patch: int, age: int, leaving: bool, opacity: float, canvas: Canvas) -> Stamp:
    """Rises a little while it fades in."""
    if leaving:
        return Stamp(patch=patch, opacity=opacity)
    at = settle(min(1.0, (age + 1) / (CARD_S * float(canvas.rate))))
    return Stamp(patch=patch, dy=_even((1 - at) * WAY * canvas.height_px), opacity=opacity * at)


def overlay_stamp(patch: int, overlay: Overlay, params: OverlayParams, number: int, canvas: Canvas) -> Stamp:
    """Comes in, stands, perhaps breathes, and goes, as its parameters say."""
    age, left = number - overlay.start, overlay.start + overlay.length - number
    move = params.move_s * float(canvas.rate)
    if params.leave != "none" and left < move / 2:
        return _moved(patch, params.leave, left / (move / 2 + 1), canvas)
    arrived = min(1.0, (age + 1) / move) if overlay.enters else 1.0
    if params.enter != "none" and arrived < 1:
        return _moved(patch, params.enter, settle(arrived) if params.enter != "pop" else arrived, canvas)
    since = age if overlay.enters else age + round(2 * move)
    return Stamp(patch=patch, scale=_breath(since, move, getattr(params, "pulse", 0.0), canvas.rate))


def _moved(patch: int, how: str, there: float, canvas: Canvas) -> Stamp:
    """`there` is 0 before it comes and after it has gone, 1 where it stands."""
    away = 1 - there
    if how in ("drop", "rise"):
        return Stamp(patch=patch, dy=_even((-away if how == "drop" else away) * WAY * canvas.height_px), opacity=there)
    if how.endswith(("_left", "_right")):
        side = -1 if how.endswith("left") else 1
        return Stamp(patch=patch, dx=_even(side * away * SIDEWAYS * canvas.width_px), opacity=min(1.0, 2 * there))
    if how == "pop":
        return Stamp(patch=patch, scale=LEAST_SCALE + (1 - LEAST_SCALE) * _sprung(there), opacity=min(1.0, 2.5 * there))
    if how == "shrink":
        return Stamp(patch=patch, scale=LEAST_SCALE + (1 - LEAST_SCALE) * there, opacity=there)
    return Stamp(patch=patch, opacity=there)


def _sprung(at: float) -> float:
    """From 0 over 1.1 to 1."""
    return settle(at) + 0.16 * math.sin(math.pi * at)


def _pop(at: float) -> float:
    """Overshoots: a sine of one and a half quarters, so that it ends at rest on 1."""
    if at >= 1:
        return 1.0
    return 0.86 + 0.14 * at + 0.09 * math.sin(math.pi * at) * at


def _breath(age: int, move: float, depth: float, rate: Fraction) -> float:
    """A pulse each 1.6 s, half a second long, once the drawing stands."""
    since_s = (age - 2 * move) / float(rate)
    phase_s = since_s % 1.6
    if not depth or since_s < 0 or phase_s > 0.5:
        return 1.0
    return 1 + depth * math.sin(math.pi * phase_s / 0.5)


def _even(value: float) -> int:
    return round(value / 2) * 2
