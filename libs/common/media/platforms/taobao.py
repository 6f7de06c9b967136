"""Taobao's video feed and product videos.

Taobao publishes no figures. Estimated from the layout: a product card and a comment bar at the bottom (about 480 px of 1920), a column of
buttons at the right (about 150 px of 1080), search and tabs at the top."""

from __future__ import annotations

from libs.common.media.platforms import Platform

PLATFORM = Platform(name="taobao", title="淘宝", top=0.09, bottom=0.26, left=0.056, right=0.14)
