"""Films, images and traps made by code."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import pytest

from services.assets.limits import MediaLimits

Film = Callable[..., Path]


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    """`film("name.mp4", *options, source=…)`: a film from one of ffmpeg's generators."""
    folder = tmp_path_factory.mktemp("films")

    def make(name: str, *options: str, source: str = "testsrc2=size=160x120:rate=30:duration=1") -> Path:
        path = folder / name
        program = imageio_ffmpeg.get_ffmpeg_exe()
        subprocess.run(
            [program, "-v", "error", "-y", "-f", "lavfi", "-i", source, *options, str(path)], check=True, stdin=subprocess.DEVNULL
        )
        return path

    return make


@pytest.fixture(scope="session")
def limits() -> MediaLimits:
    return MediaLimits()
