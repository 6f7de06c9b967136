"""TikTok, in-feed video.

TikTok's creative guidelines for in-feed ads (safe zone of 9:16, a caption of one or two lines) keep 126 to 131 px at the top, 370 px at
the bottom, 60 px at the left and 120 to 140 px at the right free, on 1080 x 1920; the larger figures are taken."""

from __future__ import annotations

from libs.common.media.platforms import Platform

PLATFORM = Platform(name="tiktok", title="TikTok", top=0.07, bottom=0.195, left=0.056, right=0.13)
