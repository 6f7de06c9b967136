"""Douyin.

Douyin publishes no figures. Its player is TikTok's, with a taller tab bar below (about 160 px of 1920) and the search bar at the top, so
TikTok's zone is taken with these added: an estimate that wants a look on a phone after each large update of the app."""

from __future__ import annotations

from libs.common.media.platforms import Platform

PLATFORM = Platform(name="douyin", title="抖音", top=0.085, bottom=0.24, left=0.056, right=0.14)
