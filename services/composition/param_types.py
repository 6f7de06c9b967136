"""Kinds of parameters that many plugins share."""

from __future__ import annotations

import re
from typing import Annotated

from annotated_types import Interval, Unit
from pydantic import AfterValidator


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValueError("a colour is written #RRGGBB")
    return value.upper()


HexColour = Annotated[str, AfterValidator(_colour), Unit("#RRGGBB")]
Share = Annotated[float, Interval(ge=0, le=1)]
"""0..1."""
Around = Annotated[float, Interval(ge=-1, le=1)]
"""-1..1."""
Pixels = Annotated[float, Interval(ge=0, le=200), Unit("px")]
"""Pixels of a canvas whose short side has 1080; other canvases scale it."""
