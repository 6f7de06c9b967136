"""What decides pixels and sounds besides documents: our source, the libraries that draw and encode, the fonts of this machine."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path

from libs.common import media
from libs.common.media.encoders import encoder
from libs.common.runtime.fingerprint import source_fingerprint
from services.composition.nvenc import codec_of
from services.composition.render import executor_of
from services.composition.settings import CompositionSettings
from services.composition.text import fonts_fingerprint

LIBRARIES = ("av", "numpy", "opencv-python-headless", "segno", "skia-python")
"""Distributions whose other versions may draw, write or encode otherwise."""


@cache
def source_salt() -> str:
    """This service, and the domain: it has the safe areas, the sizes, and how colour tables are read."""
    return f"{source_fingerprint(Path(__file__).parent)} {source_fingerprint(Path(media.__path__[0]))}"


@cache
def library_salt() -> str:
    return " ".join(f"{name}={version(name)}" for name in LIBRARIES)


def picture_salt(settings: CompositionSettings) -> str:
    """Of a segment. Raises Unavailable without our fonts."""
    executor = executor_of(settings)[0].name
    torch = version("torch") if executor.startswith("torch") else "none"
    drawn_by = f"{executor} torch={torch} fonts={fonts_fingerprint()}"
    return f"{source_salt()} {library_salt()} {drawn_by} {encoder(settings.encoder)!r} {codec_of(settings)[0]}"
