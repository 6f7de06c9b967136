"""Instagram and Facebook Reels.

Meta's business help centre, "safe zones for stories and reels": keep 14 % at the top, 35 % at the bottom and 6 % at each side free of texts
and logos; the column of buttons at the right is 120 px of 1080 in the organic view."""

from __future__ import annotations

from libs.common.media.platforms import Platform

PLATFORM = Platform(name="reels", title="Reels", top=0.14, bottom=0.35, left=0.06, right=0.112)
