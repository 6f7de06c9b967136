"""Platforms: how much of an upright picture each app covers with its own buttons and texts. One file a platform, found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass

from libs.common.media.errors import InvalidInput

GENERIC = "generic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """Shares of a full-screen 9:16 picture that are covered at its edges."""

    name: str
    title: str
    top: float
    bottom: float
    left: float
    right: float


def platform(name: str, *, code: str = "brief.unknown_platform", field: str = "/platform") -> Platform:
    """Raises InvalidInput for a name that the catalogue does not have."""
    try:
        return PLATFORMS[name]
    except KeyError:
        known = ", ".join(PLATFORMS)
        raise InvalidInput(f"unknown platform {name!r}; there are: {known}", code=code, field=field) from None


def _catalogue() -> dict[str, Platform]:
    found = (importlib.import_module(f"{__name__}.{module.name}").PLATFORM for module in pkgutil.iter_modules(__path__))
    return {platform.name: platform for platform in sorted(found, key=lambda p: p.name)}


PLATFORMS = _catalogue()
"""By name."""
