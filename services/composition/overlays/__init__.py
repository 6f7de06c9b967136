"""Overlays: one file for each `OverlayKind`, found by its name.

A file has `draw(overlay, theme, image) -> Patch`; `image` holds the bytes of a logo.
"""

from __future__ import annotations

import importlib
import pkgutil

from libs.common.media.timeline import Overlay, OverlayKind
from services.composition.executors.base import Patch
from services.composition.theme import Theme


def draw_overlay(overlay: Overlay, theme: Theme, image: bytes | None) -> Patch:
    patch: Patch = _MODULES[overlay.kind].draw(overlay, theme, image)
    return patch


_MODULES = {OverlayKind(found.name): importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)}
