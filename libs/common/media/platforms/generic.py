"""No platform in particular: the lowest quarter and a margin all around stay free, which clears the organic view of most apps."""

from __future__ import annotations

from libs.common.media.platforms import Platform

PLATFORM = Platform(name="generic", title="Any platform", top=0.045, bottom=0.26, left=0.06, right=0.06)
