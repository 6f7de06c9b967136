"""Soft and sharp: Gaussian blur, a sharp band between soft ends, and unsharp masking."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.composition.filters.base import Array, Constant, Ops, Picture


@dataclass(frozen=True, slots=True)
class Blur:
    """Gaussian; sigmas in luma pixels. A cover is left as it is."""

    sigma_x: float
    sigma_y: float

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        y, u, v = blurred(picture, ops, self.sigma_x, self.sigma_y)
        return Picture(y, u, v, picture.cover)


@dataclass(frozen=True, slots=True)
class BlurOutside:
    """Sharp in a band, soft away from it. Lengths are shares of the height."""

    sigma: float
    """Luma pixels, at the ends."""
    middle: float
    half: float
    """From the middle to where it begins to soften."""
    slope: float
    """From there to where it is fully soft."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        share = ops.constant(("band", picture.height, self.middle, self.half, self.slope), lambda: self._share(picture.height))
        soft = blurred(picture, ops, self.sigma, self.sigma)
        return mixed(picture, Picture(*soft), share, halve_rows(share))

    def _share(self, height: int) -> Constant:
        """(height, 1): how soft each row is."""
        at = (np.arange(height, dtype=np.float32) + 0.5) / height
        t = np.clip((np.abs(at - self.middle) - self.half) / self.slope, 0, 1)
        return np.asarray((t * t * (3 - 2 * t))[:, None], np.float32)


@dataclass(frozen=True, slots=True)
class Sharpen:
    """Unsharp mask on luma: what differs from a soft copy is made stronger."""

    sigma: float
    strength: float
    limit: float = 28.0
    """Levels by which a pixel may change: edges do not ring."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        detail = (picture.y - ops.blur(picture.y, self.sigma, self.sigma)) * self.strength
        y = picture.y + ops.xp.clip(detail, -self.limit, self.limit)
        return Picture(ops.xp.clip(y, 16, 235), picture.u, picture.v, picture.cover)


def blurred(picture: Picture, ops: Ops, sigma_x: float, sigma_y: float) -> tuple[Array, Array, Array]:
    u, v = (ops.blur(plane, sigma_x / 2, sigma_y / 2) for plane in (picture.u, picture.v))
    return ops.blur(picture.y, sigma_x, sigma_y), u, v


def mixed(one: Picture, other: Picture, share: Array, share_half: Array) -> Picture:
    """From one picture (0) to the other (1); the shares may be arrays or numbers. The first one's cover stays."""
    return Picture(
        one.y + (other.y - one.y) * share, one.u + (other.u - one.u) * share_half, one.v + (other.v - one.v) * share_half, one.cover
    )


def halve_rows(rows: Array) -> Array:
    """(height, 1) at the rows of the chroma planes."""
    return (rows[0::2] + rows[1::2]) * 0.5
