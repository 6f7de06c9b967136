"""Bending tone curves: what the looks of effects are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from services.composition.palette import parse
from services.composition.planes import KB, KG, KR
from services.composition.recipe import STEP, Curve, Look

WHITE = 235
TOP_KNOT = WHITE // STEP
"""The last knot below white."""


def luma(look: Look, shape: Callable[[float], float]) -> Look:
    """`shape` is applied to what comes out of the look's luma, 0 black and 1 white; the result is kept between black and white.

    White lies between two knots: the one above it is set so that the line through it is right at white itself.
    """

    def level(before: float) -> float:
        t = min(1.0, max(0.0, (before - 16) / 219))
        return 16 + 219 * min(1.0, max(0.0, shape(t)))

    below, above = look.y[TOP_KNOT], look.y[TOP_KNOT + 1]
    share = (WHITE - TOP_KNOT * STEP) / STEP
    knots = [level(before) for before in look.y[: TOP_KNOT + 1]]
    white = level(below + (above - below) * share)
    top = min(255.0, knots[-1] + (white - knots[-1]) / share)
    return replace(look, y=(*knots, top, top))


def chroma(look: Look, *, saturation: float = 1.0, u: float = 0.0, v: float = 0.0) -> Look:
    """Scale the colours about none, then shift them by levels."""
    return replace(
        look,
        u=tuple(min(240.0, max(16.0, 128 + (level - 128) * saturation + u)) for level in look.u),
        v=tuple(min(240.0, max(16.0, 128 + (level - 128) * saturation + v)) for level in look.v),
    )


def mixed(before: Look, after: Look, amount: float) -> Look:
    """From one look to the other; at 0 it is exactly the first."""

    def between(one: Curve, other: Curve) -> Curve:
        return tuple(a + (b - a) * amount for a, b in zip(one, other, strict=True))

    vignette = before.vignette + (after.vignette - before.vignette) * amount
    return Look(y=between(before.y, after.y), u=between(before.u, after.u), v=between(before.v, after.v), vignette=vignette)


def covered(look: Look, colour: str, amount: float) -> Look:
    """A plain colour laid over the picture; at 1 nothing else is seen, and no vignette darkens it."""
    flat = [tuple([level] * len(look.y)) for level in levels_of(colour)]
    return mixed(look, Look(y=flat[0], u=flat[1], v=flat[2]), amount)


def darker_corners(look: Look, strength: float) -> Look:
    """Two vignettes multiply, to first order: what one leaves, the other takes its share of."""
    return replace(look, vignette=1 - (1 - look.vignette) * (1 - strength))


def contrasted(t: float, strength: float) -> float:
    """An S-curve about the middle that keeps both ends; monotone up to a strength of 1."""
    return t + strength * t * (1 - t) * (2 * t - 1)


def levels_of(colour: str) -> tuple[float, float, float]:
    """Luma and chroma levels of `#RRGGBB`: ITU-R BT.709, limited range."""
    red, green, blue = (level / 255 for level in parse(colour).levels)
    y = KR * red + KG * green + KB * blue
    return 16 + 219 * y, 128 + 224 * (blue - y) / (2 - 2 * KB), 128 + 224 * (red - y) / (2 - 2 * KR)
