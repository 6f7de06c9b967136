"""Chroma key: what has the key's colour goes, softly, and its reflection on the rest is taken back."""

from __future__ import annotations

import math
from dataclasses import dataclass

from services.composition.filters.base import Array, Ops, Picture, double

EDGE_BLUR = 0.6
"""Sigma on the chroma planes, in their samples: 4:2:0 and the codec leave steps at an edge."""


WEDGE = 1.2
"""How much of a key's strength a level across its hue costs: colours more than about 40 degrees off are none of it."""
SPILL_WEDGE = 0.2
"""Wider: light of the screen on a thing mixes with the thing's own hue."""


@dataclass(frozen=True, slots=True)
class ChromaKey:
    """How much of the key is in a pixel is told on a wedge about the key's hue (van den Bergh and Lalioti, 1999): 1 for the screen in full
    light, less for its shaded parts, 0 for other hues. Shadows on the screen so stay as shadows."""

    u: float
    v: float
    """The key's colour, chroma levels about 0."""
    gone_from: float
    """From this much of the key on nothing stays, 0..1."""
    stays_to: float
    """Up to this much all stays; below `gone_from`."""
    spill: float
    """How much of the key's hue is taken out of what stays, 0..1; out of half-covered pixels it is taken wholly."""

    def apply(self, picture: Picture, ops: Ops) -> Picture:
        xp = ops.xp
        smooth = self._key(ops.blur(picture.u, EDGE_BLUR, EDGE_BLUR), ops.blur(picture.v, EDGE_BLUR, EDGE_BLUR), WEDGE, ops)
        t = xp.clip((self.gone_from - smooth) * (1 / (self.gone_from - self.stays_to)), 0, 1)
        t = t * t * (3 - 2 * t)
        cover = double(t, ops)
        take = xp.clip(self._key(picture.u, picture.v, SPILL_WEDGE, ops), 0, 2) * (1 - t * (1 - self.spill))
        u, v = picture.u - take * self.u, picture.v - take * self.v
        return Picture(picture.y, u, v, cover if picture.cover is None else picture.cover * cover)

    def _key(self, u: Array, v: Array, wedge: float, ops: Ops) -> Array:
        """Along the key's hue less across it, as a share of its strength."""
        length = math.hypot(self.u, self.v)
        cos, sin = self.u / length, self.v / length
        u, v = u - 128, v - 128
        return ((u * cos + v * sin) - ops.xp.abs(v * cos - u * sin) * wedge) * (1 / length)
