"""Chroma key: what has the key's colour goes, softly, and its reflection on the rest is taken back."""

from __future__ import annotations

import math
from dataclasses import dataclass

from services.composition.filters.base import Ops, Picture, double

EDGE_BLUR = 0.6
"""Sigma on the chroma planes, in their samples: 4:2:0 and the codec leave steps at an edge."""


@dataclass(frozen=True, slots=True)
class ChromaKey:
    """Distances are in chroma levels of ITU-R BT.709 (a full green is 84 from grey)."""

    u: float
    v: float
    """The key's colour, about 0."""
    tolerance: float
    """Up to this distance from the key's colour nothing stays."""
    softness: float
    """From there to where all stays."""
    spill: float
    """How much of the key's hue is taken out of what stays, 0..1."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        xp = ops.xp
        u, v = (ops.blur(plane, EDGE_BLUR, EDGE_BLUR) for plane in (picture.u, picture.v))
        du, dv = u - (128 + self.u), v - (128 + self.v)
        t = xp.clip((xp.sqrt(du * du + dv * dv) - self.tolerance) * (1 / self.softness), 0, 1)
        cover = double(t * t * (3 - 2 * t), ops)
        strength = math.hypot(self.u, self.v)
        along = ((picture.u - 128) * self.u + (picture.v - 128) * self.v) * (1 / (strength * strength))
        take = xp.clip(along, 0, 2) * self.spill
        clean = Picture(picture.y, picture.u - take * self.u, picture.v - take * self.v)
        return Picture(clean.y, clean.u, clean.v, cover if picture.cover is None else picture.cover * cover)
