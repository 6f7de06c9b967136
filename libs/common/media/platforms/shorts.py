"""YouTube Shorts.

Google Ads help, "safe areas of vertical video ads": on 1080 x 1920 keep 288 px at the top, 672 px at the bottom, 48 px at the left and
192 px at the right free (15 %, 35 %, 4.4 %, 17.8 %)."""

from __future__ import annotations

from libs.common.media.platforms import Platform

PLATFORM = Platform(name="shorts", title="YouTube Shorts", top=0.15, bottom=0.35, left=0.045, right=0.178)
