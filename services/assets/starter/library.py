"""Which clips there are, what is said about them, and how they come onto the disk."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

from services.assets.starter import themes
from services.assets.starter.film import film
from services.assets.starter.stage import FRAME_RATE, Scene

DURATION_S = 5
KEY_FRAMES_S = (0.8, 2.5, 4.2)
ANNOTATIONS = "starter.jsonl"
LICENCE = "CC0-1.0"
LANGUAGE = "en"
"""Every text is in English and then again in Chinese; words are searched in both, and this is the one whose meaning is embedded."""


@dataclass(frozen=True, slots=True)
class Clip:
    theme: str
    name: str
    about: dict[str, Any]
    """The clip's part of the theme's `.yaml`."""

    @property
    def video_id(self) -> str:
        return f"starter-{self.theme}-{self.name.replace('_', '-')}"

    @property
    def file_name(self) -> str:
        return f"{self.video_id}.mp4"

    @property
    def scene(self) -> Scene:
        scene: Scene = importlib.import_module(f"{themes.__name__}.{self.theme}").SCENES[self.name]
        return scene


def theme_names() -> tuple[str, ...]:
    """Every module in `themes/` is a theme."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(themes.__path__)))


def clips(wanted: Sequence[str] = ()) -> Iterator[Clip]:
    """All clips of the wanted themes, or of all themes, in the order of the files. Raises KeyError for a clip without a description."""
    for theme in wanted or theme_names():
        about = yaml.safe_load((files(themes) / f"{theme}.yaml").read_text(encoding="utf-8"))
        for name in importlib.import_module(f"{themes.__name__}.{theme}").SCENES:
            yield Clip(theme, name, about[name])


def annotation(clip: Clip) -> dict[str, Any]:
    """One line of the annotations; `uri` is relative to the annotations' own folder."""
    about = clip.about
    return {
        "video_id": clip.video_id,
        "duration": float(DURATION_S),
        "tags": [*about["tags"]["en"], *about["tags"]["zh"]],
        "transcript": " ".join(about["en"]) + " " + "".join(about["zh"]),
        "key_frames": list(KEY_FRAMES_S),
        "uri": clip.file_name,
        "language": LANGUAGE,
        "title": f"{about['title']['en']} · {about['title']['zh']}",
        "licence": LICENCE,
    }


def write_library(
    folder: Path, *, wanted: Sequence[str] = (), workers: int | None = None, told: Callable[[str], None] = lambda _: None
) -> int:
    """Write clips and annotations; `told` hears each file name as it is finished. Returns the number of clips.

    A clip that is there already is made again: the bytes are the same. The annotations come last, so that they never name a
    clip that is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = list(clips(wanted))
    with ProcessPoolExecutor(workers or os.cpu_count(), mp_context=get_context("spawn")) as pool:
        running = {pool.submit(_write_clip, clip, folder): clip for clip in chosen}
        for done in as_completed(running):
            done.result()
            told(running[done].file_name)
    lines = "".join(json.dumps(annotation(clip), ensure_ascii=False) + "\n" for clip in chosen)
    write_whole(folder / ANNOTATIONS, lines.encode())
    return len(chosen)


def _write_clip(clip: Clip, folder: Path) -> None:
    write_whole(folder / clip.file_name, film(clip.scene, frames=DURATION_S * FRAME_RATE))


def write_whole(path: Path, data: bytes) -> None:
    """Whoever reads `path` sees all of it or nothing."""
    partial = path.with_name(f".{path.name}.{uuid4().hex}.partial")
    try:
        partial.write_bytes(data)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
