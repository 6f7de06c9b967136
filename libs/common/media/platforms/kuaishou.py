"""Kuaishou.

Kuaishou publishes no figures. Estimated from the layout: user name, caption and a comment bar at the bottom (about 460 px of 1920), a
column of buttons at the right (about 150 px of 1080), tabs at the top."""

from __future__ import annotations

from libs.common.media.platforms import Platform

PLATFORM = Platform(name="kuaishou", title="快手", top=0.09, bottom=0.24, left=0.056, right=0.14)
